import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, truncate } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { type Binaries, findBinaries, run, runAs, type ServerAccount, serverAccount } from "./embedded-account.ts";
import {
  checkVersion,
  createCluster,
  exists,
  failUnwritable,
  freePort,
  isFree,
  lastLine,
  type Profile,
  readState,
  settings,
  superuser,
  writeState,
} from "./embedded-cluster.ts";
import { SetupError } from "./setup-error.ts";

export interface EmbeddedServer {
  readonly port: number;
  /** True when the server was already running, left behind by a killed run or started by another process. */
  readonly attached: boolean;
  /** Connection string of the superuser. */
  url(database: string): string;
  /** Creates the database when it is missing, and returns its connection string. */
  database(name: string): Promise<string>;
  /** Ends connections, writes a checkpoint, stops. Harmless when it is already stopped. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly profile: Profile;
}

interface Cluster {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly account: ServerAccount;
  readonly password: string;
  port: number;
}

const startTimeoutS = 120;
const attachTimeoutMs = 30_000;
const maxLogBytes = 20_000_000;
/** What macOS takes, the strictest. */
const longestSocketPath = 103;
const socketName = ".s.PGSQL.";

/**
 * A PostgreSQL of our own, with its data and its socket in one folder, and on 127.0.0.1. Creates the cluster the first
 * time, starts it, or attaches to the one that a killed run left running.
 *
 * @throws SetupError when the machine does not allow it
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { profile } = options;
  const dataDir = resolve(options.dataDir);
  const binaries = await findBinaries();
  const parent = dirname(dataDir);
  await mkdir(parent, { recursive: true }).catch((cause) => failUnwritable(parent, cause));
  const account = await serverAccount([binaries.postgres, parent]);

  if (!(await exists(join(dataDir, "PG_VERSION")))) await createCluster(dataDir, binaries, account, profile);
  await checkVersion(dataDir, binaries, account);
  const cluster: Cluster = { dataDir, binaries, account, ...(await readState(dataDir)) };

  const attached = await attach(cluster);
  if (!attached) await start(cluster, profile);
  return handle(cluster, attached);
}

/** True when a server is already running on this data and answers; a lock file that nobody holds is cleared away. */
async function attach(cluster: Cluster): Promise<boolean> {
  const status = await runAs(cluster.account, cluster.binaries.pg_ctl, ["status", "-D", cluster.dataDir]);
  if (status.code !== 0) return false;
  const lockFile = join(cluster.dataDir, "postmaster.pid");
  const [pid = "", , , port = ""] = (await readFile(lockFile, "utf8").catch(() => "")).split("\n");
  cluster.port = Number(port) || cluster.port;
  const deadline = Date.now() + attachTimeoutMs;
  while (Date.now() < deadline) {
    if (!(await isPostgres(pid.trim()))) {
      const files = await readdir(cluster.dataDir);
      const left = files.filter((name) => name.startsWith(socketName)).map((name) => join(cluster.dataDir, name));
      for (const path of [lockFile, ...left]) await rm(path, { force: true });
      return false;
    }
    if (await answers(cluster)) return true;
    await delay(250); // Still replaying its log after a crash, most likely.
  }
  throw new SetupError(
    `A PostgreSQL (process ${pid.trim()}) holds ${cluster.dataDir} but does not answer on port ${cluster.port}. Stop that process and try again.`,
  );
}

/**
 * Whether the process in the lock file is a live server. After a reboot the number may belong to any program, and in a
 * container without an init a killed server stays as a zombie; PostgreSQL takes both for a running server.
 */
async function isPostgres(pid: string): Promise<boolean> {
  if (process.platform === "linux") {
    const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""); // Slim images come without `ps`.
    return /\(postgres\) [^ZX]/.test(status);
  }
  const { code, output } = await run("ps", ["-p", pid, "-o", "stat=,args="]);
  return code === 0 && !output.trim().startsWith("Z") && output.includes("postgres");
}

async function answers(cluster: Cluster): Promise<boolean> {
  const sql = postgres(urlOf(cluster, "postgres"), { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function start(cluster: Cluster, profile: Profile): Promise<void> {
  const log = join(cluster.dataDir, "server.log");
  if ((await sizeOf(log)) > maxLogBytes) await truncate(log);
  let complaint = "";
  // A second try: the port was taken in between, or processes of a killed server still hold its shared memory.
  for (let attempt = 0; attempt < 20; attempt++) {
    if (!(await isFree(cluster.port))) cluster.port = await freePort();
    const flags = Object.entries({ ...settings[profile], port: cluster.port })
      .map(([name, value]) => `-c ${name}=${value === "" ? "''" : value}`)
      .join(" ");
    const offset = await sizeOf(log);
    const args = ["start", "-D", cluster.dataDir, "-w", "-t", String(startTimeoutS), "-s", "-l", log, "-o", flags];
    const started = await runAs(cluster.account, cluster.binaries.pg_ctl, args);
    if (started.code === 0) return writeState(cluster.dataDir, { password: cluster.password, port: cluster.port });

    const said = (await readFile(log, "utf8").catch(() => "")).slice(offset);
    complaint = /FATAL: .*/.exec(said)?.[0] ?? lastLine(said || started.output);
    if (!/shared memory block|Address already in use|could not create any TCP/.test(said)) break;
    await delay(500);
  }
  throw new SetupError(`The database in ${cluster.dataDir} did not start: ${complaint} (more in ${log}).`);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function handle(cluster: Cluster, attached: boolean): EmbeddedServer {
  return {
    port: cluster.port,
    attached,
    url: (database) => urlOf(cluster, database),
    async database(name) {
      const sql = postgres(urlOf(cluster, "postgres"), { max: 1, onnotice: () => {} });
      try {
        const found = await sql`select 1 from pg_database where datname = ${name}`;
        if (found.length === 0) await sql`create database ${sql(name)}`;
      } finally {
        await sql.end({ timeout: 1 });
      }
      return urlOf(cluster, name);
    },
    stop: () => stopEmbedded(cluster.dataDir),
  };
}

/** Stops whatever server runs on this data folder; nothing to do when none does. */
export async function stopEmbedded(dataDir: string, mode: "fast" | "immediate" = "fast"): Promise<void> {
  const binaries = await findBinaries();
  const account = await serverAccount([binaries.postgres, dirname(dataDir)]);
  const stopped = await runAs(account, binaries.pg_ctl, ["stop", "-D", dataDir, "-m", mode, "-w", "-t", "60", "-s"]);
  if (stopped.code === 0 || /PID file .* does not exist|No such process/.test(stopped.output)) return;
  throw new SetupError(`The database in ${dataDir} did not stop: ${lastLine(stopped.output)}`);
}

/** By the socket where it can be reached: it costs less than TCP, and only who may enter the data folder finds it. */
function urlOf({ dataDir, password, port }: Cluster, database: string): string {
  const socket = join(dataDir, `${socketName}${port}`);
  // The driver takes a comma for the end of one host's name, and a colon for the beginning of its port.
  const isReached = Buffer.byteLength(socket) <= longestSocketPath && !/[,:]/.test(dataDir) && existsSync(socket);
  const host = isReached ? encodeURIComponent(dataDir) : "127.0.0.1";
  return `postgres://${superuser}:${password}@${host}:${port}/${database}`;
}

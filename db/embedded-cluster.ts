import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { type Binaries, runAs, type ServerAccount } from "./embedded-account.ts";
import { SetupError } from "./setup-error.ts";

/** `durable` survives a power cut; `disposable` gives that up for speed, and is for tests only. */
export type Profile = "durable" | "disposable";

export const superuser = "postgres";

const commonSettings = {
  listen_addresses: "127.0.0.1",
  // Relative to the data folder, whose own path may be too long for a socket.
  unix_socket_directories: process.platform === "win32" ? "" : ".",
  max_connections: 200,
  timezone: "UTC",
  log_timezone: "UTC",
  // Short queries only; compiling them costs more than running them.
  jit: "off",
  random_page_cost: 1.1,
  wal_buffers: "16MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  log_checkpoints: "off",
};

export const settings = {
  durable: {
    ...commonSettings,
    shared_buffers: "256MB",
    effective_cache_size: "1GB",
    work_mem: "8MB",
    maintenance_work_mem: "128MB",
    log_lock_waits: "on",
  },
  disposable: {
    ...commonSettings,
    shared_buffers: "128MB",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    wal_level: "minimal",
    max_wal_senders: 0,
  },
} as const;

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? false : failUnwritable(path, error)),
  );
}

export function failUnwritable(path: string, cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "ENOSPC")
    throw new SetupError(`The disk is full: ${path} could not be written. Free some space.`, { cause });
  throw new SetupError(
    `The database folder ${path} can't be written (${code ?? String(cause)}). Give your user the right to write there, or set DATABASE_URL to a PostgreSQL of your own.`,
    { cause },
  );
}

/** Built beside its place and moved there when complete, so that a killed first run leaves nothing half made. */
export async function createCluster(
  dataDir: string,
  binaries: Binaries,
  account: ServerAccount,
  profile: Profile,
): Promise<void> {
  const building = join(dirname(dataDir), `${basename(dataDir)}.new`);
  const password = randomBytes(24).toString("base64url");
  const passwordFile = join(building, "password");
  const newDir = join(building, "data");
  try {
    await rm(building, { recursive: true, force: true });
    await mkdir(newDir, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account.ids.uid !== undefined && account.ids.gid !== undefined) {
      for (const path of [building, newDir, passwordFile]) await chown(path, account.ids.uid, account.ids.gid);
    }
  } catch (cause) {
    failUnwritable(building, cause);
  }
  const made = await runAs(account, binaries.initdb, [
    `--pgdata=${newDir}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    ...(profile === "disposable" ? ["--no-sync"] : []),
  ]);
  if (made.code !== 0) {
    throw new SetupError(`The database could not be created in ${dataDir}: ${lastLine(made.output)}`);
  }
  await writeState(newDir, { password, port: await freePort() });
  await rename(newDir, dataDir).catch((cause) => failUnwritable(dataDir, cause));
  await rm(building, { recursive: true, force: true });
}

export async function checkVersion(dataDir: string, binaries: Binaries, account: ServerAccount): Promise<void> {
  const made = (await readFile(join(dataDir, "PG_VERSION"), "utf8").catch((e) => failUnwritable(dataDir, e))).trim();
  const { output } = await runAs(account, binaries.postgres, ["--version"]);
  const ours = /(\d+)/.exec(output)?.[1];
  if (ours === made) return;
  throw new SetupError(
    `The data in ${dataDir} was made by PostgreSQL ${made}, and this version brings ${ours ?? "none that runs"}. Dump it with the version that made it, move the folder away, and restore.`,
  );
}

interface State {
  readonly password: string;
  readonly port: number;
}

/** Kept inside the data folder: password, port and data live and die together. */
const stateFile = (dataDir: string) => join(dataDir, "globalpaylink.json");

export async function writeState(dataDir: string, state: State): Promise<void> {
  const temporary = `${stateFile(dataDir)}.new`;
  await writeFile(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  await rename(temporary, stateFile(dataDir)); // Whole or not at all: without the password the data is lost.
}

export async function readState(dataDir: string): Promise<State> {
  try {
    return JSON.parse(await readFile(stateFile(dataDir), "utf8")) as State;
  } catch (cause) {
    throw new SetupError(
      `${stateFile(dataDir)} is missing or damaged, so the database's password is not known. Restore the file, or move ${dataDir} away to begin with an empty database.`,
      { cause },
    );
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

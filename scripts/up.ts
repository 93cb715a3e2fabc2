import "./load-environment.ts";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { stopEmbedded } from "#db/embedded";
import { migrate } from "#db/migrate";
import { type Demo, seedDemo } from "#db/seed/demo";
import { SetupError } from "#db/setup-error";
import { env } from "#lib/kernel/env";
import { buildIfStale } from "./build.ts";
import { openDatabase } from "./database.ts";
import { tellDemoProgress } from "./demo-progress.ts";
import { databaseUrls, loadEnvironment, portFrom, rolePasswords, writeMissingSecrets } from "./environment.ts";
import { findRunning, forget, isAlive, isPortFree, remember, waitFor } from "./running.ts";
import { endInSentence } from "./say.ts";
import { welcome } from "./welcome.ts";

const readyTimeoutMs = 90_000;
const stopTimeoutMs = 30_000;
const maxLogBytes = 20_000_000;
const folder = process.cwd();
const logFile = join(folder, ".data", "server.log");

interface Options {
  readonly dev: boolean;
  readonly detach: boolean;
  readonly stop: boolean;
}

function readOptions(): Options {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ options: { dev: flag, detach: flag, stop: flag } }).values;
  } catch (cause) {
    throw new SetupError(`${(cause as Error).message} Known: --dev, --detach, --stop.`, { cause });
  }
}

/** From nothing to a running product, and back to nothing on Ctrl-C. */
async function up(): Promise<void> {
  const options = readOptions();
  makeDataFolder();
  const running = await findRunning(folder);
  if (options.stop) return stopRunning(running?.pid);
  if (running) {
    console.log(welcome(running.publicUrl, running.demo, `It was already running (process ${running.pid}).`));
    return;
  }
  const port = portFrom(process.env, "PORT", 3000);
  const simulatorPort = portFrom(process.env, "SIMULATOR_PORT", port + 10);
  await refuseBusyPorts(port, simulatorPort);
  const publicUrl = (process.env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/$/, "");
  const written = await writeMissingSecrets(folder, process.env);
  if (written.length > 0) step(`Wrote new secrets to .env.local: ${written.join(", ")}`);
  loadEnvironment();

  const database = await timed("Database", () => openDatabase(process.env.DATABASE_URL, folder));
  const stopDatabase = async () => database.embedded?.stop();
  const abort = () => void stopDatabase().finally(() => process.exit(130));
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  try {
    const urls = databaseUrls(database.ownerUrl, process.env);
    await timed("Migrations", () => migrate(urls.ownerUrl, rolePasswords(process.env)));
    const environment: NodeJS.ProcessEnv = {
      SIMULATORS: "on",
      DEMO_DATA: "on",
      NEXTAUTH_URL: publicUrl,
      // On the developer's own machine, so that a shop beside it can be told of payments.
      ...(isThisMachine(publicUrl) && { WEBHOOK_ALLOW_ADDRESSES: "127.0.0.1/32" }),
      ...process.env,
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: urls.ownerUrl,
      NODE_ENV: options.dev ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      // Types are stripped and code compiled once, not at every start.
      NODE_COMPILE_CACHE: join(folder, ".data", "compile-cache"),
    };
    Object.assign(process.env, environment); // The seed reads the same settings as the server.
    const demo = await timed("Demo", () => seedDemo({ ...urls, publicUrl, withShops: env.demoDataOn }));
    if (!options.dev) await timed("Pages", () => buildIfStale(folder));
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
    await serve(options, { port, publicUrl, demo }, environment, stopDatabase);
  } catch (error) {
    await stopDatabase();
    throw error;
  }
}

function isThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

function makeDataFolder(): void {
  try {
    mkdirSync(join(folder, ".data"), { recursive: true });
  } catch (cause) {
    throw new SetupError(
      `${folder} can't be written (${(cause as NodeJS.ErrnoException).code}), and the product keeps its data there. Give your user the right to write it.`,
      { cause },
    );
  }
}

async function refuseBusyPorts(port: number, simulatorPort: number): Promise<void> {
  if (port === simulatorPort)
    throw new SetupError(`PORT and SIMULATOR_PORT are both ${port}. Give them different numbers.`);
  for (const [name, number] of [
    ["PORT", port],
    ["SIMULATOR_PORT", simulatorPort],
  ] as const) {
    if (await isPortFree(number)) continue;
    throw new SetupError(
      `Port ${number} is taken by another program. Stop that program, or choose another: ${name}=${number + 1} npm run up`,
    );
  }
}

async function serve(
  options: Options,
  run: { readonly port: number; readonly publicUrl: string; readonly demo: Demo },
  environment: NodeJS.ProcessEnv,
  stopDatabase: () => Promise<void>,
): Promise<void> {
  const child = startServer(options, environment);
  const exited = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  let stopping = false;
  const stop = () => {
    stopping = true;
    child.kill("SIGTERM");
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  const isReady = await timed("Server", async () => {
    // From the process itself: on a port that was taken meanwhile, another server would answer.
    const hasListened = await Promise.race([
      once(child, "message").then(() => true),
      exited.then(() => false),
      delay(readyTimeoutMs, false, { ref: false }),
    ]);
    return (
      hasListened &&
      waitFor(`http://127.0.0.1:${run.port}/readyz`, readyTimeoutMs, () => child.exitCode !== null || stopping)
    );
  });
  if (!isReady && !stopping) {
    child.kill("SIGTERM");
    await Promise.race([exited, delay(stopTimeoutMs, undefined, { ref: false })]);
    throw new SetupError(`The server did not get ready. What it said is in ${logFile}.`);
  }
  if (isReady && !stopping) {
    remember(folder, { ...run, pid: options.detach ? (child.pid ?? 0) : process.pid });
    const howToStop = options.detach ? "npm run up -- --stop ends it." : "Ctrl-C ends it.";
    console.log(welcome(run.publicUrl, run.demo, options.dev ? howToStop : `${howToStop} Its log: ${logFile}`));
    tellDemoProgress(child, step);
  }
  if (isReady && options.detach) process.exit(0);
  const code = await exited;
  forget(folder);
  await stopDatabase();
  if (!stopping) throw new SetupError(`The server ended by itself (exit code ${code}). What it said is in ${logFile}.`);
  console.log("\nStopped.");
  process.exit(0);
}

function startServer(options: Options, environment: NodeJS.ProcessEnv): ChildProcess {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) truncateSync(logFile);
  const log = openSync(logFile, "a", 0o600);
  const output = options.dev ? "inherit" : log;
  return spawn(process.execPath, ["server.ts"], {
    cwd: folder,
    env: { ...environment, ...(options.detach && { UP_DETACHED: "1" }) },
    // The channel tells the server when we are gone, however that came about.
    stdio: ["ignore", output, options.detach ? log : "inherit", "ipc"],
    // A session of its own: Ctrl-C is for us to pass on, once.
    detached: true,
  });
}

async function stopRunning(pid: number | undefined): Promise<void> {
  if (pid === undefined) console.log("It was not running.");
  else {
    process.kill(pid, "SIGTERM");
    const deadline = Date.now() + stopTimeoutMs;
    while (isAlive(pid) && Date.now() < deadline) await delay(100);
    console.log("Stopped.");
  }
  forget(folder);
  if (!process.env.DATABASE_URL) await stopEmbedded(join(folder, ".data", "postgres"));
}

function step(text: string): void {
  console.log(`  ${text}`);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  step(`${what.padEnd(12)}${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

await endInSentence(up);

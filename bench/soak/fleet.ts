import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "#db/embedded-cluster";
import { answerOf } from "../servers.ts";
import type { World } from "../world.ts";
import { startBalancer } from "./balancer.ts";

/** Two web and two worker processes on one database, a balancer before the web, the providers in a process of their own. */
export interface Fleet {
  /** Each web process by itself, for callers that take turns. */
  readonly webUrls: readonly string[];
  readonly simulatorUrl: string;
  /** The processes that run now, by what they are. */
  pids(): Readonly<Record<string, number>>;
  /** Kills the first web process as a power cut would, and starts it again. @returns ms until it listened again */
  killWeb(): Promise<number>;
  /** Processes that ended although nobody asked them to. */
  readonly deaths: readonly string[];
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
/** As in production; no bound on the heap, which would hide a leak by collecting harder. */
const settings = { NODE_ENV: "production", SIMULATORS: "off", API_ONLY: "1", UP_DETACHED: "0", WORKER: "separate" };

const endPatienceMs = 60_000;

export async function startFleet(world: World, logDir: string): Promise<Fleet> {
  const running = new Map<string, ChildProcess>();
  const asked = new WeakSet<ChildProcess>();
  const deaths: string[] = [];
  const start = (name: string, file: string, own: Record<string, string>) => {
    const log = openSync(join(logDir, `${name.replace(" ", "-")}.log`), "a");
    const env = { ...process.env, ...world.environment, ...own };
    const child = fork(join(root, file), { cwd: root, env, execArgv: [], stdio: ["ignore", log, log, "ipc"] });
    running.set(name, child);
    child.once("exit", (code, signal) => {
      if (!asked.has(child)) deaths.push(`${name} (${signal ?? `code ${code}`})`);
    });
    return child;
  };
  const simulators = start("simulators", "bench/simulators.ts", {});
  const { port } = await answerOf<{ port: number }>(simulators, (message) => "port" in message);
  const simulatorUrl = `http://127.0.0.1:${port}`;
  const environment = { ...settings, SIMULATOR_URL: simulatorUrl };
  const ports = [await freePort(), await freePort()];
  const startWeb = async (number: number) => {
    const child = start(`web ${number}`, "server.ts", { ...environment, PORT: String(ports[number - 1]) });
    await answerOf(child, (message) => message === "listening");
  };
  for (const number of [1, 2]) start(`worker ${number}`, "worker.ts", environment);
  await Promise.all([startWeb(1), startWeb(2)]);
  const balancer = await startBalancer(world.port, ports);

  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    asked.add(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    const hangs = setTimeout(() => {
      console.log(`${child.spawnargs.at(-1)} did not stop when asked`);
      child.kill("SIGKILL");
    }, endPatienceMs);
    await exited;
    clearTimeout(hangs);
  };
  return {
    webUrls: ports.map((webPort) => `http://127.0.0.1:${webPort}`),
    simulatorUrl,
    deaths,
    pids: () => Object.fromEntries([...running].map(([name, child]) => [name, child.pid ?? 0])),
    async killWeb() {
      const victim = running.get("web 1");
      const killedAt = performance.now();
      if (victim) await end(victim, "SIGKILL");
      await startWeb(1);
      return Math.round(performance.now() - killedAt);
    },
    async stop() {
      await balancer.close();
      // The providers last: what the others still have under way may need them.
      for (const name of ["web 1", "web 2", "worker 1", "worker 2", "simulators"]) {
        const child = running.get(name);
        if (child) await end(child, "SIGTERM");
      }
    },
  };
}

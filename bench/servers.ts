import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ProbeAnswer } from "./probe.ts";
import { type Look, look, type Usage, usageSince } from "./processes.ts";
import type { World } from "./world.ts";

export interface RunningParts {
  readonly baseUrl: string;
  readonly simulatorUrl: string;
  /** Begins to count processor time and event-loop delay. */
  watch(): Promise<Watch>;
  /** Records a CPU profile of the server until the watch ends. */
  profile(): Promise<void>;
  stop(): Promise<void>;
}

export interface Watch {
  end(profile?: string): Promise<PartsUsage>;
}

export interface PartsUsage {
  readonly server: Usage;
  readonly worker?: Usage;
  readonly postgres: Usage;
  readonly simulators: Usage;
  readonly generator: Usage;
  readonly serverLoopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Committed and rolled back transactions of the whole database, the simulators' among them. */
  readonly databaseTransactions: number;
}

export interface PartsOptions {
  readonly separateWorker: boolean;
  readonly logDir: string;
  /** Milliseconds that a provider takes at the median; 0 takes the latency away. */
  readonly providerP50Ms?: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** The product as in production (server.ts, pages left out), and the providers in a process of their own. */
export async function startParts(world: World, options: PartsOptions): Promise<RunningParts> {
  const environment: NodeJS.ProcessEnv = { ...process.env, ...world.environment, NODE_ENV: "production" };
  const start = (file: string, own: Partial<NodeJS.ProcessEnv>, execArgv: string[] = []) => {
    const log = openSync(join(options.logDir, `${file.replaceAll("/", "-")}.log`), "a");
    return fork(join(root, file), {
      cwd: root,
      env: { ...environment, ...own },
      execArgv,
      stdio: ["ignore", log, log, "ipc"],
    });
  };
  const latency = options.providerP50Ms === undefined ? {} : { BENCH_PROVIDER_P50_MS: String(options.providerP50Ms) };
  const simulators = start("bench/simulators.ts", latency);
  const { port } = await answerOf<{ port: number }>(simulators, (message) => "port" in message);
  const simulatorUrl = `http://127.0.0.1:${port}`;
  const own = { SIMULATORS: "off", SIMULATOR_URL: simulatorUrl, API_ONLY: "1", UP_DETACHED: "0" };
  const worker = options.separateWorker ? start("worker.ts", own) : undefined;
  const probe = join(root, "bench/probe.ts");
  const server = start("server.ts", { ...own, ...(worker && { WORKER: "separate" }) }, ["--import", probe]);
  await answerOf(server, (message) => message === "listening");

  const ask = async (question: { ask: string; path?: string }): Promise<ProbeAnswer> => {
    server.send(question);
    return answerOf<ProbeAnswer>(server, (message) => typeof message === "object" && "probe" in message);
  };
  return {
    baseUrl: `http://127.0.0.1:${world.port}`,
    simulatorUrl,
    async watch() {
      await ask({ ask: "reset" });
      const before = await looks({ server, worker, simulators }, world);
      const transactions = await transactionsOf(world);
      return {
        async end(profile) {
          const loop = await ask({ ask: "loop" });
          const used = await usages(before, { server, worker, simulators }, world);
          // The statistics of a backend reach the view a second later.
          await pause(1_200);
          if (profile) await ask({ ask: "profiled", path: profile });
          return {
            ...used,
            serverLoopDelayMs: {
              p50: loop.loopDelayP50Ms ?? 0,
              p99: loop.loopDelayP99Ms ?? 0,
              max: loop.loopDelayMaxMs ?? 0,
            },
            databaseTransactions: (await transactionsOf(world)) - transactions,
          };
        },
      };
    },
    async profile() {
      await ask({ ask: "profile" });
    },
    async stop() {
      for (const child of [server, worker, simulators]) {
        if (!child || child.exitCode !== null) continue;
        child.kill("SIGTERM");
        await once(child, "exit");
      }
    },
  };
}

interface Children {
  readonly server: ChildProcess;
  readonly worker: ChildProcess | undefined;
  readonly simulators: ChildProcess;
}

type Looks = Record<"server" | "worker" | "simulators" | "postgres" | "generator", Look>;

async function looks({ server, worker, simulators }: Children, world: World): Promise<Looks> {
  return {
    server: await look(server.pid ?? 0),
    worker: await look(worker?.pid ?? 0),
    simulators: await look(simulators.pid ?? 0),
    postgres: await look(world.postgresPid, true),
    generator: await look(process.pid),
  };
}

async function usages(before: Looks, { server, worker, simulators }: Children, world: World) {
  return {
    server: await usageSince(before.server, server.pid ?? 0),
    ...(worker && { worker: await usageSince(before.worker, worker.pid ?? 0) }),
    simulators: await usageSince(before.simulators, simulators.pid ?? 0),
    postgres: await usageSince(before.postgres, world.postgresPid, true),
    generator: await usageSince(before.generator, process.pid),
  };
}

async function transactionsOf({ owner }: World): Promise<number> {
  const [row] = await owner`
    select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`;
  return Number(row?.count ?? 0);
}

/** The child's first message that is the one waited for. @throws Error when it ends before */
export async function answerOf<T>(child: ChildProcess, isIt: (message: never) => boolean): Promise<T> {
  for (;;) {
    const race = new AbortController();
    const options = { signal: race.signal };
    const ended = once(child, "exit", options).then(([code]) => {
      throw new Error(`${child.spawnargs.at(-1)} ended with code ${code}; its log says why`);
    });
    const [message] = (await Promise.race([once(child, "message", options), ended])) as [never];
    race.abort();
    if (isIt(message)) return message as T;
  }
}

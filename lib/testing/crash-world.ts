import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { freePort } from "#db/embedded-cluster";
import type { Crashpoint } from "#lib/kernel/crashpoint";
import { createSimulators } from "#lib/simulators/all";
import { type Platform, startPlatform } from "./platform.ts";

/** The product as a process that can be killed; the providers, the database and the shop's server live on. */
export interface CrashWorld {
  readonly platform: Platform;
  readonly origin: string;
  /** Starts the product; with a crash point it will die there. */
  start(crashpoint?: Crashpoint): Promise<Product>;
  /** Starts another web process beside it, on the same database. @returns its origin */
  startBeside(): Promise<string>;
  /** Starts a worker process; the web processes have none inside while `WORKER=separate` is set. */
  startWorker(): void;
  /** Looks again and again, the providers doing what is due, until `isDone`, for at most a minute. */
  until(what: string, isDone: () => Promise<boolean>): Promise<void>;
  /** As if the minutes had passed that a sweep waits for: what is due some time is due now, and the sweeps come by. */
  minutesLater(): Promise<void>;
  end(): Promise<void>;
}

export interface Product {
  /** Resolves with the signal that ended the process. */
  readonly died: Promise<NodeJS.Signals | null>;
  stop(): Promise<void>;
}

const patienceMs = 60_000;
const lookMs = 100;
const cronSecret = "only-for-tests";

export async function crashWorld(): Promise<CrashWorld> {
  const platform = await startPlatform();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  // The accounts that this process opens name the product's address.
  Object.assign(process.env, { PUBLIC_URL: origin });
  const simulators = createSimulators({ url: platform.database.simulatorUrl, publicUrl: origin });
  const provider = createServer(getRequestListener(simulators.app.fetch));
  const simulatorUrl = await listening(provider);
  const products = new Set<Product>();

  const run = (file: string, own: Record<string, string>) => {
    const child = spawn(process.execPath, [file], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: {
        ...process.env,
        SIMULATORS: "off",
        SIMULATOR_URL: simulatorUrl,
        API_ONLY: "1",
        NODE_ENV: "production",
        CRON_SECRET: cronSecret,
        ...own,
      },
    });
    const product = { died: death(child), stop: () => stop(child) };
    products.add(product);
    product.died.then(() => products.delete(product));
    return { child, product };
  };
  const startWeb = async (own: Record<string, string>): Promise<Product> => {
    const { child, product } = run("server.ts", own);
    await Promise.race([
      once(child, "message"),
      product.died.then(() => Promise.reject(new Error("died at its start"))),
    ]);
    return product;
  };

  const world: CrashWorld = {
    platform,
    origin,
    start: (crashpoint) => startWeb({ PORT: String(port), CRASHPOINT: crashpoint ?? "" }),
    async startBeside() {
      const other = await freePort();
      await startWeb({ PORT: String(other) });
      return `http://127.0.0.1:${other}`;
    },
    startWorker: () => void run("worker.ts", {}),
    async until(what, isDone) {
      const until = performance.now() + patienceMs;
      while (performance.now() < until) {
        await simulators.runDue();
        if (await isDone()) return;
        await delay(lookMs);
      }
      throw new Error(`never: ${what}`);
    },
    async minutesLater() {
      const { owner } = platform;
      await owner`update attempts set created_at = created_at - interval '2 minutes' where next_query_at is not null`;
      await owner`update attempts set next_query_at = now() where next_query_at is not null`;
      await owner`update refunds set next_try_at = now() where next_try_at is not null`;
      await owner`update webhook_deliveries set next_try_at = now() - interval '5 minutes' where status = 'pending'`;
      await owner`update idempotency_keys set created_at = created_at - interval '2 minutes'`;
      for (const sweep of ["sweep_attempts", "sweep_refunds", "sweep_deliveries", "drain_outbox"]) {
        const headers = { authorization: `Bearer ${cronSecret}` };
        const answer = await fetch(`${origin}/api/cron/${sweep}`, { method: "POST", headers });
        if (!answer.ok) throw new Error(`${sweep}: ${answer.status}`);
      }
    },
    async end() {
      await Promise.all([...products].map((product) => product.stop()));
      provider.close();
      provider.closeAllConnections();
      await platform.end();
    },
  };
  return world;
}

function death(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

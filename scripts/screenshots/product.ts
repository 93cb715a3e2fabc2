import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Demo } from "#db/seed/demo";
import { SetupError } from "#db/setup-error";
import { buildIfStale } from "#scripts/build";
import { waitFor } from "#scripts/running";

/** A product that runs: its address, its sign-ins, its test key. */
export interface Product extends Demo {
  readonly publicUrl: string;
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 180_000;
const businessTimeoutMs = 15 * 60_000;

/** The whole product as the browser tests start it: on an empty database that is thrown away afterwards. */
export async function startProduct(root: string): Promise<Product> {
  await buildIfStale(root);
  const folder = await mkdtemp(join(tmpdir(), "gpl-screenshots-"));
  const stateFile = join(folder, "state.json");
  const port = await freePort();
  const child = spawn(process.execPath, ["e2e/serve.ts"], {
    cwd: root,
    env: { ...process.env, PORT: String(port), E2E_STATE: stateFile, LOG_LEVEL: "error", DEMO_DATA: "on" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const isUp = await waitFor(`http://localhost:${port}/readyz`, startTimeoutMs, () => child.exitCode !== null);
  if (!isUp) {
    child.kill("SIGTERM");
    throw new SetupError("The product did not start; what it said stands above.");
  }
  const product = await runningProduct(stateFile);
  console.log("three months of business are being made …");
  await businessMade(product.ownerUrl);
  return {
    ...product,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One that somebody else started, by the file in which e2e/serve.ts writes down its addresses and sign-ins. */
export async function runningProduct(stateFile: string): Promise<Product> {
  const state = JSON.parse(await readFile(stateFile, "utf8")) as Omit<Product, "stop">;
  return { ...state, stop: async () => {} };
}

/** The demo shops' clocks are behind until their past is made. */
async function businessMade(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1 });
  const deadline = Date.now() + businessTimeoutMs;
  try {
    while ((await sql`select 1 from internal.demo_merchants_under_way()`).length > 0) {
      if (Date.now() > deadline) throw new SetupError("The demo data was not made in time.");
      await pause(1_000);
    }
  } finally {
    await sql.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    // The simulators listen ten above.
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { merchantOf, openDesk } from "./desk-data.ts";
import { HttpClient } from "./http-client.ts";
import { Latencies, round } from "./latencies.ts";
import { type ListRequest, listRequests } from "./list-requests.ts";
import { describeMachine } from "./machine.ts";
import { writeResult } from "./results.ts";
import { startParts } from "./servers.ts";
import type { World } from "./world.ts";

const targetMs = 300;
const warmRepeats = 20;

interface MeasuredList extends ListRequest {
  readonly rows: number;
  /** The first time after server and database were started. */
  readonly coldMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/**
 * `node bench/lists.ts [--stored 1000000] [--data FOLDER] [--dry] [--only PAGE]`: every list of the dashboard, as the
 * page asks for it over HTTP, for one merchant to whom all stored orders belong.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stored: { type: "string", default: "1000000" },
      data: { type: "string" },
      only: { type: "string" },
      dry: { type: "boolean", default: false },
    },
  });
  const stored = Number(values.stored);
  const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), "gpl-bench-lists-")));
  await (await openDesk(stored, dataDir)).close();
  // The database once more, so that its own memory holds nothing.
  const machine = describeMachine();
  const world = await openDesk(stored, dataDir);
  try {
    const lists = await measureLists(world, dataDir, values.only);
    const slowest = lists.toSorted((a, b) => b.p95Ms - a.p95Ms)[0];
    const coldest = lists.toSorted((a, b) => b.coldMs - a.coldMs)[0];
    if (!slowest || !coldest) throw new RangeError("no such page");
    const missed = lists.filter(({ p95Ms, coldMs }) => Math.max(p95Ms, coldMs) > targetMs);
    const named = (one: MeasuredList) => `${one.page} by ${one.by}`;
    for (const one of missed) console.log(`missed ${named(one)}: cold ${one.coldMs} ms, p95 ${one.p95Ms} ms`);
    if (values.dry || values.only) return;
    await writeResult({
      scenario: "lists",
      date: new Date().toISOString(),
      command: `node bench/lists.ts --stored ${stored}`,
      stored,
      machine: { ...machine, postgres: world.postgresVersion },
      findings: [
        {
          what: `first rows of a list, ${lists.length} lists and filters, all orders one merchant's`,
          target: `≤ ${targetMs} ms`,
          measured: `slowest p95 ${slowest.p95Ms} ms (${named(slowest)}); right after the start ${coldest.coldMs} ms (${named(coldest)})`,
          met: missed.length === 0,
        },
      ],
      check: undefined,
      steps: [],
      extra: { lists },
    });
  } finally {
    await world.close();
  }
}

async function measureLists(world: World, logDir: string, only: string | undefined): Promise<MeasuredList[]> {
  const { merchantId, key } = merchantOf(world);
  const requests = (await listRequests(world.owner, merchantId)).filter(({ page }) => !only || page === only);
  const parts = await startParts(world, { separateWorker: false, logDir });
  const api = new HttpClient(parts.baseUrl, 4);
  try {
    const ask = async ({ path }: ListRequest) => {
      const startedAt = performance.now();
      const { status, body } = await api.send({ method: "GET", path, headers: { authorization: `Bearer ${key}` } });
      const ms = performance.now() - startedAt;
      if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
      return { ms, rows: (JSON.parse(body) as { data?: unknown[] }).data?.length ?? 1 };
    };
    // A process's very first request opens its connections and compiles its code; no list should pay for that.
    await ask({ page: "", by: "", path: "/v1/saved_views?list=orders" });
    const cold: { ms: number; rows: number }[] = [];
    for (const request of requests) cold.push(await ask(request));
    const lists: MeasuredList[] = [];
    for (const [index, request] of requests.entries()) {
      const latencies = new Latencies();
      for (let repeat = 0; repeat < warmRepeats; repeat++) latencies.add((await ask(request)).ms);
      const { p50, p95 } = latencies.quantiles;
      const first = cold[index] ?? { ms: 0, rows: 0 };
      lists.push({ ...request, rows: first.rows, coldMs: round(first.ms), p50Ms: p50, p95Ms: p95 });
      console.log(
        `${request.page} by ${request.by}: ${first.rows} rows, cold ${round(first.ms)} p50 ${p50} p95 ${p95} ms`,
      );
    }
    return lists;
  } finally {
    api.close();
    await parts.stop();
  }
}

await main();
// The sandbox's pools are left as they are.
process.exit();

import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Logger, run } from "graphile-worker";
import postgres from "postgres";
import { connect, type Database } from "#db/client";
import { startEmbedded } from "#db/embedded";
import { migrate } from "#db/migrate";
import { openContext } from "#db/tenancy";
import { newMerchantId } from "#lib/kernel/ids";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { type DeliverWebhooks, deliverWebhooks } from "#lib/webhooks/deliver-webhooks";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { startOutbox } from "#lib/webhooks/start-outbox";

export interface WebhookBenchTarget {
  /** May write what the app may not: merchants, a past of events, the queue. */
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export interface WebhookBenchOptions {
  readonly merchants: number;
  /** In all; each goes to one endpoint. */
  readonly events: number;
  readonly concurrency: number;
  readonly connections: number;
  /** Also measures one queue job a delivery, which the product does not use. */
  readonly compareSingleJobs: boolean;
}

export const defaultWebhookBench: WebhookBenchOptions = {
  merchants: 10,
  events: 20_000,
  concurrency: 20,
  connections: 12,
  compareSingleJobs: true,
};

export interface WebhookBenchReport {
  readonly cpus: number;
  readonly options: WebhookBenchOptions;
  /** Events numbered and queued a second, nothing else running. */
  readonly drainedPerSecond: number;
  /** Deliveries a second by one worker: claim, sign, POST, record; many merchants, and one merchant with everything. */
  readonly deliveredPerSecond: { readonly spread: number; readonly oneMerchant: number };
  /** From the outbox to the receiver with both running in one process. */
  readonly endToEndPerSecond: number;
  readonly singleJobsPerSecond: number | undefined;
  /** Processor time of the worker's process a delivery, without PostgreSQL and receiver. */
  readonly workerCpuMsPerDelivery: number;
  readonly violations: readonly string[];
}

const silent = new Logger(() => () => {});

/** One worker, one receiver in a process of its own, one PostgreSQL, all on this machine. */
export async function benchWebhooks(
  target: WebhookBenchTarget,
  options: WebhookBenchOptions = defaultWebhookBench,
): Promise<WebhookBenchReport> {
  process.env.SECRETS_KEYS ??= `k1:${randomBytes(32).toString("base64")}`;
  process.env.WEBHOOK_ALLOW_ADDRESSES ??= "127.0.0.1/32";
  const bench = await openBench(target, options);
  try {
    const spread = Array.from({ length: options.merchants }, newMerchantId);
    await bench.addMerchants(spread);

    await bench.addEvents(spread);
    const drainedPerSecond = await bench.rate(() => drainOutbox(bench.db));
    const cpuBefore = process.cpuUsage();
    const spreadPerSecond = await bench.rate(() => bench.work());
    const cpu = process.cpuUsage(cpuBefore);

    await bench.addEvents(spread.slice(0, 1));
    await drainOutbox(bench.db);
    const hotPerSecond = await bench.rate(() => bench.work());

    await bench.addEvents(spread);
    const endToEndPerSecond = await bench.rate(async () => {
      const outbox = startOutbox({ database: bench.db });
      await bench.work();
      await outbox.stop();
    });

    let singleJobsPerSecond: number | undefined;
    if (options.compareSingleJobs) {
      await bench.addEvents(spread);
      await drainOutbox(bench.db);
      await bench.splitJobs();
      singleJobsPerSecond = await bench.rate(() => bench.work());
    }
    return {
      cpus: cpus().length,
      options,
      drainedPerSecond,
      deliveredPerSecond: { spread: spreadPerSecond, oneMerchant: hotPerSecond },
      endToEndPerSecond,
      singleJobsPerSecond,
      workerCpuMsPerDelivery: Number(((cpu.user + cpu.system) / 1_000 / options.events).toFixed(3)),
      violations: await bench.violations(),
    };
  } finally {
    await bench.close();
  }
}

async function openBench(target: WebhookBenchTarget, options: WebhookBenchOptions) {
  const owner = postgres(target.ownerUrl, { max: 2, onnotice: () => {} });
  const { client, db } = connect(target.appUrl, {
    max: options.connections,
    applicationName: "bench-webhooks",
    timeoutMs: 10_000,
  });
  const receiver = fork(fileURLToPath(new URL("./webhook-receiver.ts", import.meta.url)));
  const [port] = await once(receiver, "message");
  let expected = 0;
  /** The bench's own: the database may hold others, with a past of theirs. */
  const own: string[] = [];

  const report = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/report`)).json()) as { received: number; distinct: number };

  /** Runs the queue as the worker does until the receiver has everything and the queue is empty. */
  async function work(): Promise<void> {
    const runner = await run({
      connectionString: target.ownerUrl,
      concurrency: options.concurrency,
      maxPoolSize: 8,
      pollInterval: 1_000,
      noHandleSignals: true,
      logger: silent,
      taskList: { [deliverWebhooks.name]: (payload) => deliverWebhooks.run(payload as never, db) },
      preset: { worker: { completeJobBatchDelay: 5, failJobBatchDelay: 5, localQueue: { size: 200 } } },
    });
    const deadline = performance.now() + 300_000;
    while ((await report()).distinct < expected && performance.now() < deadline) await pause(50);
    await runner.stop();
  }

  return {
    db: db as Database,
    work,
    async addMerchants(merchantIds: readonly string[]) {
      own.push(...merchantIds);
      for (const merchantId of merchantIds) {
        await owner`insert into merchants (merchant_id, name, country, time_zone, branding, settings)
          values (${merchantId}, 'Bench', 'CN', 'Asia/Shanghai', ${"{}"}::text::jsonb, ${"{}"}::text::jsonb)`;
        const actor = { type: "system", id: "bench" } as const;
        const ctx = openContext({ merchantId, livemode: false, actor, requestId: "req_bench", db });
        await createEndpoint(ctx, { url: `http://127.0.0.1:${port}/${merchantId}`, eventTypes: ["*"] });
      }
    },
    async addEvents(merchantIds: readonly string[]) {
      const each = Math.ceil(options.events / merchantIds.length);
      const data = JSON.stringify({ id: "ord_bench", object: "order", status: "paid", note: "x".repeat(600) });
      for (const merchantId of merchantIds) {
        await owner`insert into events (merchant_id, id, livemode, type, object_id, data)
          select ${merchantId}, 'evt_' || gen_random_uuid(), false, 'order.paid', 'ord_bench', ${data}::text::jsonb
          from generate_series(1, ${each})`;
      }
      expected += each * merchantIds.length;
      await owner`vacuum analyze`;
    },
    /** Replaces each queued job by one job a delivery. */
    async splitJobs() {
      const jobs = await owner`delete from graphile_worker._private_jobs returning payload`;
      const singles = jobs.flatMap(({ payload }) =>
        (payload as DeliverWebhooks).deliveryIds.split(",").map((deliveryIds) => ({ ...payload, deliveryIds })),
      );
      await owner`select internal.enqueue_jobs(${deliverWebhooks.name}, ${JSON.stringify(singles)}::text::json, null, 20)`;
    },
    async rate(doIt: () => Promise<unknown>): Promise<number> {
      const startedAt = performance.now();
      await doIt();
      return Math.round(options.events / ((performance.now() - startedAt) / 1_000));
    },
    async violations(): Promise<string[]> {
      const [row] = await owner`select
        (select count(*) from events where merchant_id = any(${own}) and sequence is null)::int as undrained,
        (select count(*) from webhook_deliveries
         where merchant_id = any(${own}) and (status <> 'succeeded' or try_count <> 1))::int as unsettled,
        (select count(*) from webhook_deliveries where merchant_id = any(${own}))::int
          - (select count(*) from webhook_tries where merchant_id = any(${own}))::int as unlogged,
        (select count(*) from graphile_worker._private_jobs where payload ->> 'merchantId' = any(${own}))::int as queued,
        (select count(*) from (select 1 from events where merchant_id = any(${own}) group by merchant_id, livemode
           having max(sequence) <> count(*) or min(sequence) <> 1 or count(distinct sequence) <> count(*)) as gaps)::int as gaps`;
      const { received, distinct } = await report();
      const found: Record<string, number> = { ...row, missing: expected - distinct, repeated: received - distinct };
      return Object.entries(found)
        .filter(([, count]) => count !== 0)
        .map(([what, count]) => `${what}: ${count}`);
    },
    async close() {
      receiver.kill();
      await Promise.all([client.end({ timeout: 1 }), owner.end({ timeout: 1 })]);
    },
  };
}

/** Stand-alone: `node bench/webhooks.ts [events] [merchants] [concurrency]`, with a database of its own. */
async function main(): Promise<void> {
  const [events, merchants, concurrency] = process.argv.slice(2).map(Number);
  const folder = await mkdtemp(join(tmpdir(), "gpl-bench-webhooks-"));
  const server = await startEmbedded({ dataDir: join(folder, "postgres"), profile: "durable" });
  try {
    const password = randomBytes(16).toString("hex");
    const ownerUrl = await server.database("bench");
    await migrate(ownerUrl, { appPassword: password, operatorPassword: password, simulatorPassword: password });
    const appUrl = new URL(ownerUrl);
    appUrl.username = "gpl_app";
    appUrl.password = password;
    const report = await benchWebhooks(
      { ownerUrl, appUrl: appUrl.href },
      {
        ...defaultWebhookBench,
        ...(events && { events }),
        ...(merchants && { merchants }),
        ...(concurrency && { concurrency }),
      },
    );
    console.log(JSON.stringify(report, undefined, 2));
    if (report.violations.length > 0) process.exitCode = 1;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { connect, type Database } from "#db/client";
import { type Context, openContext } from "#db/tenancy";
import { testDatabase } from "#db/testing/database";
import { emit } from "#lib/events/emit";
import { processAgents } from "#lib/http-safe/process";
import { TestClock } from "#lib/kernel/clock";
import { newMerchantId } from "#lib/kernel/ids";
import { createEndpoint } from "../create-endpoint.ts";
import { type DeliverWebhooks, sendBatch } from "../deliver-webhooks.ts";
import { drainOutbox } from "../drain-outbox.ts";
import type { EventSelection, EventType } from "../event-types.ts";
import type { WebhookEndpoint } from "../store.ts";

export interface QueuedJob {
  readonly payload: DeliverWebhooks & { merchantId: string; livemode: boolean; requestId: string };
  readonly runAt: Date;
}

export type World = Awaited<ReturnType<typeof webhookWorld>>;

/**
 * A database of its own with merchants in it, a clock that is moved by hand, and the job queue run by hand, so that three
 * days of retries take no time. Deliveries to this machine are let through.
 */
export async function webhookWorld() {
  process.env.SECRETS_KEYS ??= `k1:${randomBytes(32).toString("base64")}`;
  process.env.WEBHOOK_ALLOW_ADDRESSES = "127.0.0.1/32";
  const database = await testDatabase();
  const owner = postgres(database.ownerUrl, { max: 4, onnotice: () => {} });
  const { client, db } = connect(database.appUrl, { max: 8, applicationName: "webhook-tests", timeoutMs: 10_000 });
  // Ahead of the real clock, by which the database starts a job that names no time.
  const clock = new TestClock(new Date(Date.now() + 3_600_000));

  const contextOf = (merchantId: string, livemode = false, database: Database = db): Context =>
    openContext({
      merchantId,
      livemode,
      actor: { type: "api_key", id: "key_of_the_test" },
      requestId: "req_of_the_test",
      clock,
      db: database,
    });

  async function newMerchant(livemode = false): Promise<Context> {
    const merchantId = newMerchantId();
    await owner`insert into merchants (merchant_id, name, country, time_zone, branding, settings)
      values (${merchantId}, 'Tea House', 'CN', 'Asia/Shanghai', ${"{}"}::text::jsonb, ${"{}"}::text::jsonb)`;
    return contextOf(merchantId, livemode);
  }

  async function newEndpoint(
    ctx: Context,
    url: string,
    eventTypes: readonly EventSelection[] = ["*"],
  ): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
    return createEndpoint(ctx, { url, eventTypes });
  }

  async function happen(ctx: Context, type: EventType, objectId = "ord_1"): Promise<void> {
    await ctx.transaction((tx) => emit(tx, type, { objectId, data: { id: objectId, subject: "茶 & “tea”" } }));
  }

  /** What waits in the queue, without taking it. */
  async function jobs(): Promise<QueuedJob[]> {
    const rows = await owner`select j.payload, j.run_at from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'deliver_webhooks' order by j.run_at, j.id`;
    return rows.map((row) => ({ payload: row.payload, runAt: row.run_at }) as QueuedJob);
  }

  /** Runs every job that is due by the test's clock, once. */
  async function runDueJobs(): Promise<number> {
    const due = await owner`delete from graphile_worker._private_jobs where run_at <= ${clock.now()} returning payload`;
    for (const { payload } of due as unknown as Pick<QueuedJob, "payload">[]) {
      const ctx = contextOf(payload.merchantId, payload.livemode);
      await sendBatch(ctx, payload, { agents: processAgents(), timeoutMs: 2_000, random: () => 0.5 });
    }
    return due.length;
  }

  /** Starts a process of its own that does one piece of work on this database. */
  function startChild(work: readonly string[], environment: Record<string, string> = {}) {
    const child = spawn(process.execPath, [fileURLToPath(new URL("./child.ts", import.meta.url)), ...work], {
      env: { ...process.env, APP_DATABASE_URL: database.appUrl, ...environment },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
    return { kill: () => child.kill("SIGKILL"), ended };
  }

  return {
    startChild,
    database,
    owner,
    db,
    clock,
    contextOf,
    newMerchant,
    newEndpoint,
    happen,
    jobs,
    runDueJobs,
    drain: () => drainOutbox(db, clock),
    async close(): Promise<void> {
      await Promise.all([client.end({ timeout: 1 }), owner.end({ timeout: 1 })]);
      await database.drop();
    },
  };
}

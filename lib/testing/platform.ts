import { randomBytes } from "node:crypto";
import { runOnce } from "graphile-worker";
import { Hono } from "hono";
import { Pool } from "pg";
import type postgres from "postgres";
import { expect } from "vitest";
import { connect } from "#db/client";
import { merchants } from "#db/schema/merchants";
import { type Context, openContext, type Tx } from "#db/tenancy";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { createApi } from "#lib/api/app";
import { createApiKey, type KeyKind } from "#lib/api-keys/create-key";
import type { ChannelAccountRow } from "#lib/channel-accounts/load-account";
import { runSchedule } from "#lib/jobs/schedules";
import { queueLogger, taskList } from "#lib/jobs/tasks";
import { systemClock } from "#lib/kernel/clock";
import { newMerchantId } from "#lib/kernel/ids";
import { checkInvariants } from "#lib/ledger/check";
import { provisionAccount } from "#lib/sandbox/provision-account";
import { sandbox } from "#lib/sandbox/simulators";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { openWire, type ReceivedNotification } from "./wire.ts";

export interface TestMerchant {
  readonly merchantId: string;
  /** Test mode, as the merchant's own server. */
  readonly ctx: Context;
  /** The simulated accounts by channel name. */
  readonly accounts: Readonly<Record<string, ChannelAccountRow>>;
  key(kind?: KeyKind): Promise<string>;
}

/** The whole product in one process on a database of its own: API, simulated providers, job queue. */
export interface Platform {
  readonly database: TestDatabase;
  readonly origin: string;
  /** May read and write what the app may not. */
  readonly owner: postgres.Sql;
  /** @param channels simulated accounts to open; each costs keys, so a test that pays nothing asks for none */
  merchant(
    settings?: Partial<(typeof merchants.$inferInsert)["settings"]>,
    channels?: readonly string[],
  ): Promise<TestMerchant>;
  /** Calls the API as `key`; answers status and parsed body. */
  call(
    key: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Does everything that is queued and due now, and everything that this queues. */
  runJobs(): Promise<void>;
  /** Lets the simulated providers send and finish what is due, then does the jobs that follow from it. */
  settle(): Promise<void>;
  /** Settles, moves the clock of the whole process, the providers' too, lets the sweeps come by, and settles again. */
  pass(ms: number): Promise<void>;
  /** Numbers the events and delivers them to the merchants' endpoints. */
  deliverWebhooks(): Promise<void>;
  /** What the simulated providers have sent to our own address, and what we answered. */
  readonly notifications: readonly ReceivedNotification[];
  /** While held, notifications are answered 503 and reach nobody. */
  holdNotifications(isHeld: boolean): void;
  /** The next call to a provider that looks like this (`POST /sim/…`) is carried out, and its answer lost. */
  loseAnswer(call: RegExp): void;
  end(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any;
}

const defaultSettings = { latePayment: "refund", orderLifetimeMinutes: 30, feeReturnedOnRefund: true } as const;

/** One a test file: the process-wide pools and caches are made for the database of the first. */
export async function startPlatform(): Promise<Platform> {
  const database = await testDatabase();
  const { port, server, mount, ...wire } = await openWire();
  const origin = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    DATABASE_URL: database.ownerUrl,
    APP_DATABASE_URL: database.appUrl,
    OPERATOR_DATABASE_URL: database.operatorUrl,
    SIMULATOR_DATABASE_URL: database.simulatorUrl,
    PUBLIC_URL: origin,
    SIMULATOR_URL: `${origin}/sim`,
    SIMULATORS: "on",
    SECRETS_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    RATE_LIMIT_PER_SECOND: "100000",
    SHOPPER_RATE_LIMIT: "100000",
    WEBHOOK_ALLOW_ADDRESSES: "127.0.0.1/32",
  });
  const simulators = sandbox();
  mount(new Hono().route("/sim", simulators.app), createApi());
  const owner = connect(database.ownerUrl, { max: 2, applicationName: "test-owner", timeoutMs: 30_000 });
  const queue = new Pool({ connectionString: database.ownerUrl, max: 4 });
  // The queue insists on these; a failed connection shows in what waits for it.
  queue.on("error", () => {}).on("connect", (client) => void client.on("error", () => {}));
  const skipTime = moveSystemClock();

  const runJobs = async () => {
    // The queue lives by the database's clock: what is due by ours is pulled forward.
    const due = await owner.client`
      update graphile_worker._private_jobs set run_at = least(run_at, now())
      where run_at <= ${systemClock.now().toISOString()}::timestamptz and locked_at is null and attempts < max_attempts returning 1`;
    if (due.length === 0) return;
    await runOnce({ pgPool: queue, taskList, logger: queueLogger, noHandleSignals: true });
  };
  const settle = async () => {
    for (let round = 0; round < 20; round++) {
      const handled = await simulators.runDue();
      await runJobs();
      if (handled === 0) return;
    }
  };
  return {
    database,
    origin,
    owner: owner.client,
    ...wire,
    async merchant(settings = {}, channels = [...simulators.simulators.keys()]) {
      const merchantId = newMerchantId();
      await owner.db.insert(merchants).values({
        merchantId,
        name: "Test merchant",
        country: "CN",
        timeZone: "Asia/Shanghai",
        liveStatus: "approved",
        branding: { displayName: "Test merchant" },
        settings: { ...defaultSettings, ...settings },
      });
      const ctx = openContext({
        merchantId,
        livemode: false,
        actor: { type: "api_key", id: "key_test" },
        requestId: `req_${merchantId}`,
      });
      const accounts: Record<string, ChannelAccountRow> = {};
      await Promise.all(
        channels.map(async (channel) => {
          accounts[channel] = await provisionAccount(ctx, { channel, label: `${channel} (simulator)` });
        }),
      );
      return {
        merchantId,
        ctx,
        accounts,
        key: async (kind = "secret") => (await createApiKey(ctx, { kind, label: "test" })).key,
      };
    },
    async call(key, method, path, body, headers = {}) {
      const answer = await fetch(`${origin}${path}`, {
        method,
        headers: {
          ...(key && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          origin,
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get("content-type") ?? "");
      return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
    },
    runJobs,
    settle,
    async pass(ms) {
      await settle();
      skipTime(ms);
      await settle();
      for (const sweep of ["sweep_orders", "sweep_attempts", "sweep_refunds", "sweep_deliveries"]) {
        await runSchedule(sweep, systemClock.now());
      }
      await settle();
    },
    async deliverWebhooks() {
      await drainOutbox();
      await runJobs();
    },
    async end() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await Promise.all([owner.client.end(), queue.end()]);
      await database.drop();
    },
  };
}

/** Real time, plus what a test skips of it: contexts, jobs and simulators without a clock of their own live by it. */
function moveSystemClock(): (ms: number) => void {
  let skippedMs = 0;
  Object.assign(systemClock, { now: () => new Date(Date.now() + skippedMs) });
  return (ms) => {
    skippedMs += ms;
  };
}

/** The book balances, checkpoints agree with the transfers, no liability to the merchant is negative. */
export async function expectLedgerBalanced(ctx: Context): Promise<void> {
  expect(await ctx.transaction((tx: Tx) => checkInvariants(tx))).toEqual([]);
}

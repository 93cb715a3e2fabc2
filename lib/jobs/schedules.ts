import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { followEventsJob } from "#lib/analytics/follow-events";
import { queryAttemptJob } from "#lib/attempts/query-attempt";
import { sealAuditLogJob } from "#lib/audit/seal";
import { checkBookJob } from "#lib/error-cases/check-book";
import { log } from "#lib/kernel/log";
import { foldCheckpointsJob, sealTransfersJob } from "#lib/ledger/jobs";
import { watchCredentialsJob } from "#lib/notices/watch-credentials";
import { evaluateAlerts } from "#lib/operator/alerting/evaluate";
import { watchAttempts } from "#lib/operator/error-cases/watch-attempts";
import { expireOrderJob } from "#lib/orders/expire-order";
import { checkPaymentPagesWhenDue } from "#lib/page-security/check-payment-pages";
import { parameter } from "#lib/parameters/parameters";
import { forgetPersonalData } from "#lib/privacy/forget-personal-data";
import { sendRefund } from "#lib/refunds/send-refund";
import { looseLifeMs } from "#lib/sealed-files/keep-file";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { sweepDeliveries } from "#lib/webhooks/sweep-deliveries";
import { newRequestId } from "./job.ts";
import { unlockLostJobs } from "./leases.ts";

/** Something that has to be looked after again and again. Running twice at once, in two processes, does no harm. */
export interface Schedule {
  readonly everyMs: number;
  /** @returns how much there was to do */
  run(now: Date): Promise<number>;
}

interface Due extends Record<string, unknown> {
  readonly merchant_id: string;
  readonly id: string;
  readonly livemode: boolean;
  readonly at: string;
}

const mostPerSweep = 500;

function due(what: "due_orders" | "due_attempts" | "due_refunds", before: Date): Promise<Due[]> {
  return appDatabase().execute<Due>(
    sql`select * from ${sql.raw(`internal.${what}`)}(${before.toISOString()}::timestamptz, ${mostPerSweep})`,
  );
}

function scopeOf(row: { merchant_id: string; livemode: boolean }) {
  return { merchantId: row.merchant_id, livemode: row.livemode, requestId: newRequestId(row.merchant_id) };
}

/** Orders are looked up a little ahead, so that each ends on its second although the sweep comes by every ten. */
const lookAheadMs = 12_000;

async function sweepOrders(now: Date): Promise<number> {
  const rows = await due("due_orders", new Date(now.getTime() + lookAheadMs));
  for (const row of rows) {
    await expireOrderJob.enqueueFor(
      scopeOf(row),
      { orderId: row.id },
      { runAt: new Date(row.at), key: `expire:${row.id}` },
    );
  }
  return rows.length;
}

async function sweepAttempts(now: Date): Promise<number> {
  const rows = await due("due_attempts", now);
  for (const row of rows) {
    await queryAttemptJob.enqueueFor(scopeOf(row), { attemptId: row.id }, { key: `query:${row.id}` });
  }
  return rows.length;
}

async function sweepRefunds(now: Date): Promise<number> {
  const rows = await due("due_refunds", now);
  for (const row of rows) await sendRefund.enqueueFor(scopeOf(row), { refundId: row.id }, { key: `refund:${row.id}` });
  return rows.length;
}

async function sweepEvents(now: Date): Promise<number> {
  const rows = await appDatabase().execute<{ merchant_id: string; livemode: boolean }>(
    sql`select * from internal.events_to_follow(${now.toISOString()}::timestamptz, ${mostPerSweep})`,
  );
  for (const row of rows) {
    await followEventsJob.enqueueFor(scopeOf(row), {}, { key: `follow:${row.merchant_id}:${row.livemode}` });
  }
  return rows.length;
}

async function forEveryBook(enqueue: (scope: ReturnType<typeof scopeOf>) => Promise<void>): Promise<number> {
  const rows = await appDatabase().execute<{ merchant_id: string }>(
    sql`select merchant_id from internal.all_merchants()`,
  );
  for (const { merchant_id } of rows) {
    for (const livemode of [false, true]) await enqueue(scopeOf({ merchant_id, livemode }));
  }
  return rows.length;
}

const requestLogLifeMs = 30 * 24 * 3_600_000;
const channelCallsLifeMs = 7 * 24 * 3_600_000;
/** A signature is refused five minutes after its time; the rest is margin. */
const nonceLifeMs = 900_000;

async function forget(
  what: "forget_requests" | "forget_nonces" | "forget_channel_calls",
  before: number,
): Promise<number> {
  const [row] = await appDatabase().execute<{ gone: number }>(
    sql`select ${sql.raw(`internal.${what}`)}(${new Date(before).toISOString()}::timestamptz, 10000) as gone`,
  );
  return row?.gone ?? 0;
}

const idempotencyKeyLifeMs = 24 * 3_600_000;

async function forgetIdempotencyKeys(now: Date): Promise<number> {
  const before = new Date(now.getTime() - idempotencyKeyLifeMs).toISOString();
  const [row] = await appDatabase().execute<{ gone: number }>(
    sql`select internal.forget_idempotency_keys(${before}::timestamptz, 10000) as gone`,
  );
  return row?.gone ?? 0;
}

async function forgetUses(now: Date): Promise<number> {
  const [row] = await appDatabase().execute<{ gone: number }>(
    sql`select internal.forget_ended_uses(${now.toISOString()}::timestamptz, 10000) as gone`,
  );
  return row?.gone ?? 0;
}

async function endExports(now: Date): Promise<number> {
  const [row] = await appDatabase().execute<{ ended: number }>(
    sql`select internal.end_exports(${now.toISOString()}::timestamptz, 100) as ended`,
  );
  return row?.ended ?? 0;
}

const mailLifeMs = 30 * 24 * 3_600_000;

async function forgetPeopleTraces(now: Date): Promise<number> {
  const before = new Date(now.getTime() - mailLifeMs).toISOString();
  const [row] = await appDatabase().execute<{ gone: number }>(
    sql`select internal.forget_people_traces(${before}::timestamptz, 10000)
      + internal.forget_challenges(${now.toISOString()}::timestamptz, 10000) as gone`,
  );
  return row?.gone ?? 0;
}

/** Longer than the twelve months for which PCI DSS 10.5.1 wants evidence. */
const pageCheckLifeMs = 400 * 24 * 3_600_000;

async function forgetPageChecks(now: Date): Promise<number> {
  const before = new Date(now.getTime() - pageCheckLifeMs).toISOString();
  const [row] = await appDatabase().execute<{ gone: number }>(
    sql`select internal.forget_page_checks(${before}::timestamptz, 10000) as gone`,
  );
  return row?.gone ?? 0;
}

const dayMs = 86_400_000;

async function closeSolvedTickets(now: Date): Promise<number> {
  const before = new Date(now.getTime() - (await parameter("ticket_close_days")) * dayMs);
  const [row] = await appDatabase().execute<{ closed: number }>(
    sql`select internal.close_solved_tickets(${before.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz, 1000) as closed`,
  );
  return row?.closed ?? 0;
}

async function forgetLooseFiles(now: Date): Promise<number> {
  const before = new Date(now.getTime() - looseLifeMs).toISOString();
  const [row] = await appDatabase().execute<{ gone: number }>(
    sql`select internal.forget_loose_files(${before}::timestamptz, 1000) as gone`,
  );
  return row?.gone ?? 0;
}

export const schedules: Readonly<Record<string, Schedule>> = {
  sweep_orders: { everyMs: 10_000, run: sweepOrders },
  sweep_attempts: { everyMs: 1_000, run: sweepAttempts },
  sweep_refunds: { everyMs: 2_000, run: sweepRefunds },
  sweep_deliveries: { everyMs: 30_000, run: () => sweepDeliveries() },
  follow_events: { everyMs: 2_000, run: sweepEvents },
  drain_outbox: { everyMs: 60_000, run: () => drainOutbox() },
  fold_checkpoints: {
    everyMs: 10_000,
    run: () =>
      forEveryBook((scope) =>
        foldCheckpointsJob.enqueueFor(scope, {}, { key: `fold:${scope.merchantId}:${scope.livemode}` }),
      ),
  },
  seal_transfers: {
    everyMs: 60_000,
    run: () =>
      forEveryBook((scope) =>
        sealTransfersJob.enqueueFor(scope, {}, { key: `seal:${scope.merchantId}:${scope.livemode}` }),
      ),
  },
  seal_audit_log: {
    everyMs: 60_000,
    run: () =>
      forEveryBook((scope) =>
        sealAuditLogJob.enqueueFor(scope, {}, { key: `seal_audit:${scope.merchantId}:${scope.livemode}` }),
      ),
  },
  watch_credentials: {
    everyMs: 6 * 3_600_000,
    run: () =>
      forEveryBook((scope) =>
        watchCredentialsJob.enqueueFor(scope, {}, { key: `credentials:${scope.merchantId}:${scope.livemode}` }),
      ),
  },
  check_payment_pages: { everyMs: 60_000, run: checkPaymentPagesWhenDue },
  forget_page_checks: { everyMs: 6 * 3_600_000, run: forgetPageChecks },
  check_books: {
    everyMs: 12 * 3_600_000,
    run: () =>
      forEveryBook((scope) =>
        checkBookJob.enqueueFor(scope, {}, { key: `check_book:${scope.merchantId}:${scope.livemode}` }),
      ),
  },
  watch_attempts: { everyMs: 60_000, run: watchAttempts },
  close_solved_tickets: { everyMs: 3_600_000, run: closeSolvedTickets },
  forget_loose_files: { everyMs: 3_600_000, run: forgetLooseFiles },
  unlock_lost_jobs: { everyMs: 15_000, run: unlockLostJobs },
  end_exports: { everyMs: 600_000, run: endExports },
  forget_requests: { everyMs: 600_000, run: (now) => forget("forget_requests", now.getTime() - requestLogLifeMs) },
  forget_nonces: { everyMs: 600_000, run: (now) => forget("forget_nonces", now.getTime() - nonceLifeMs) },
  forget_ended_uses: { everyMs: 600_000, run: forgetUses },
  forget_people_traces: { everyMs: 3_600_000, run: forgetPeopleTraces },
  evaluate_alerts: { everyMs: 60_000, run: evaluateAlerts },
  forget_channel_calls: {
    everyMs: 3_600_000,
    run: (now) => forget("forget_channel_calls", now.getTime() - channelCallsLifeMs),
  },
  forget_personal_data: { everyMs: 3_600_000, run: forgetPersonalData },
  forget_idempotency_keys: { everyMs: 600_000, run: forgetIdempotencyKeys },
};

/** @returns how much there was to do, or undefined when there is no such schedule */
export async function runSchedule(name: string, now: Date = new Date()): Promise<number | undefined> {
  return Object.hasOwn(schedules, name) ? schedules[name]?.run(now) : undefined;
}

/** Runs every schedule in its rhythm; one that fails is logged and comes again. */
export function startSchedules(): { stop(): Promise<void> } {
  const running = new Map<string, Promise<void>>();
  const timers = Object.entries(schedules).map(([name, schedule]) =>
    setInterval(() => {
      if (running.has(name)) return;
      const round = schedule
        .run(new Date())
        .then(undefined, (error: unknown) => log.error({ schedule: name, err: error }, "schedule failed"))
        .then(() => {
          running.delete(name);
        });
      running.set(name, round);
    }, schedule.everyMs),
  );
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

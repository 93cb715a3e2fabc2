import { statfs } from "node:fs/promises";
import { and, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import type { AlertMetric } from "#db/schema/alerting";
import { channelAccounts } from "#db/schema/channel-accounts";
import { errorCases } from "#db/schema/error-cases";
import { pageChecks } from "#db/schema/page-security";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import { openAccount } from "#lib/channel-accounts/load-account";
import { durationBoundsMs } from "#lib/channel-accounts/note-calls";
import { idsFrom } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";

/** One value of a metric. */
export interface Reading {
  /** A channel account, one of the platform's own, or empty for the platform. */
  readonly subject: string;
  readonly merchantId?: string;
  readonly value: number;
  /** Over how many cases. */
  readonly cases: number;
}

type Measure = (now: Date, windowMinutes: number) => Promise<Reading[]>;

const platform = (value: number): Reading[] => [{ subject: "", value, cases: 1 }];
const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** How each metric is read off the data. */
export const measures: Record<AlertMetric, Measure> = {
  success_rate: measureSuccess,
  latency_p95: measureLatency,
  webhook_delay: async () => platform((await work()).delay),
  jobs_failed: async () => platform((await work()).failed),
  ledger_check: async () => {
    const isOpen = and(eq(errorCases.kind, "ledger_check"), eq(errorCases.state, "open"));
    const [row] = await operatorDatabase().select({ open: count() }).from(errorCases).where(isOpen);
    return platform(row?.open ?? 0);
  },
  certificate_days: measureCertificates,
  disk_free: async () => {
    const disk = await statfs(process.cwd());
    return platform(disk.bavail / disk.blocks);
  },
  page_changes: async () => {
    const [last] = await operatorDatabase()
      .select({ changes: pageChecks.changes })
      .from(pageChecks)
      .orderBy(desc(pageChecks.number))
      .limit(1);
    return last ? platform(last.changes.length) : [];
  },
};

/** The part of an attempt's id that is its time: ids of one merchant sort by it, so that each merchant is one short range. */
function timePart(at: Date): string {
  return idsFrom("attempt", "mer_00000000", at).slice("att_00000000".length);
}

/** Payments that came to an end: a shopper who is still at it says nothing. */
async function measureSuccess(now: Date, windowMinutes: number): Promise<Reading[]> {
  const from = timePart(minutesBefore(now, windowMinutes));
  const to = timePart(now);
  const rows = await operatorDatabase().execute<{
    merchant_id: string;
    account: string;
    good: string;
    ended: string;
  }>(sql`
    select m.merchant_id, a.channel_account_id as account, count(*) filter (where a.status <> 'failed') as good, count(*) as ended
    from merchants m cross join lateral (
      select t.channel_account_id, t.status from attempts t
      where t.merchant_id = m.merchant_id and t.id >= 'att_' || substr(m.merchant_id, 5) || ${from}
        and t.id < 'att_' || substr(m.merchant_id, 5) || ${to} and t.status in ('succeeded', 'authorized', 'failed')) a
    group by 1, 2`);
  return rows.map(({ merchant_id: merchantId, account: subject, good, ended }) => {
    const cases = Number(ended);
    return { subject, merchantId, value: Number(good) / cases, cases };
  });
}

async function measureLatency(now: Date, windowMinutes: number): Promise<Reading[]> {
  const from = minutesBefore(now, windowMinutes).toISOString();
  const rows = await operatorDatabase().execute<{
    merchant_id: string;
    account: string;
    bucket: string;
    calls: string;
  }>(sql`
    select c.merchant_id, c.channel_account_id as account, d.bucket, sum(d.calls) as calls
    from channel_calls c cross join lateral unnest(c.durations) with ordinality as d(calls, bucket)
    where c.minute >= ${from}::timestamptz group by 1, 2, 3 order by 1, 2, 3`);
  const byAccount = Map.groupBy(rows, (row) => row.account);
  return [...byAccount].map(([subject, buckets]) => {
    const counts = buckets.map((row) => Number(row.calls));
    const merchantId = buckets[0]?.merchant_id ?? "";
    return { subject, merchantId, value: quantile(counts, 0.95), cases: counts.reduce((sum, one) => sum + one, 0) };
  });
}

/** The upper bound of the bucket in which that share of all calls has ended; of the open one, its lower bound. */
export function quantile(counts: readonly number[], share: number): number {
  const wanted = counts.reduce((sum, one) => sum + one, 0) * share;
  let passed = 0;
  for (const [index, one] of counts.entries()) {
    passed += one;
    if (passed >= wanted) return durationBoundsMs[index] ?? durationBoundsMs.at(-1) ?? 0;
  }
  return 0;
}

async function work(): Promise<{ delay: number; failed: number }> {
  const [row] = await operatorDatabase().execute<{ jobs_failed: string; delivery_late_s: number }>(
    sql`select jobs_failed, delivery_late_s from internal.measure_work()`,
  );
  return { delay: Number(row?.delivery_late_s ?? 0), failed: Number(row?.jobs_failed ?? 0) };
}

const dayMs = 86_400_000;

async function measureCertificates(now: Date): Promise<Reading[]> {
  const db = operatorDatabase();
  const isOwn = and(eq(channelAccounts.status, "enabled"), isNull(channelAccounts.platformAccount));
  const isLent = and(eq(platformChannelAccounts.status, "enabled"), isNotNull(platformChannelAccounts.expiresAt));
  const [rows, lenders] = await Promise.all([
    db.select().from(channelAccounts).where(isOwn),
    db
      .select({ id: platformChannelAccounts.id, end: platformChannelAccounts.expiresAt })
      .from(platformChannelAccounts)
      .where(isLent),
  ]);
  const daysTo = (end: Date) => Math.floor((end.getTime() - now.getTime()) / dayMs);
  const lent = lenders.flatMap(({ id, end }) => (end ? [{ subject: id, value: daysTo(end), cases: 1 }] : []));
  const own = rows.flatMap((row) => {
    try {
      const { channel, account } = openAccount(row);
      const end = channel.credentialsExpireAt?.(account);
      if (!end) return [];
      return [{ subject: row.id, merchantId: row.merchantId, value: daysTo(end), cases: 1 }];
    } catch (error) {
      log.warn({ err: error, account: row.id }, "credentials can't be read");
      return [];
    }
  });
  return [...own, ...lent];
}

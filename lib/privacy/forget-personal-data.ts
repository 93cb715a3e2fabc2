import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { retentionRules } from "./retention-rules.ts";

const dayMs = 24 * 3_600_000;
/** How far back of its end a rule still looks: what a longer outage left over is too far for an hourly run to search. */
const windowMs = 30 * dayMs;
const mostAtOnce = 10_000;

function daysOf(data: (typeof retentionRules)[number]["data"]): number {
  const days = retentionRules.find((rule) => rule.data === data)?.days;
  if (!days) throw new RangeError(`nothing says how long ${data} is kept`);
  return days;
}

/** Forgets what retention says is over. @returns how many rows that were */
export async function forgetPersonalData(now: Date): Promise<number> {
  const window = (days: number) => {
    const before = now.getTime() - days * dayMs;
    const [from, to] = [before - windowMs, before].map((at) => new Date(at).toISOString());
    return sql`${from}::timestamptz, ${to}::timestamptz`;
  };
  const [row] = await appDatabase().execute<{ gone: number }>(sql`
    select internal.forget_visits(${window(daysOf("audit_log.ip, user_agent of shoppers"))}, ${mostAtOnce})
      + internal.forget_notification_bodies(${window(daysOf("channel_notifications.body"))}, ${mostAtOnce})
      + internal.end_privacy_files(${now.toISOString()}::timestamptz, ${mostAtOnce}) as gone`);
  return row?.gone ?? 0;
}

import { and, eq, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { errorCases } from "#db/schema/error-cases";
import { newPlatformId } from "#lib/kernel/ids";
import { parameter } from "#lib/parameters/parameters";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const mostAtOnce = 500;

interface Unknown extends Record<string, unknown> {
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly id: string;
  readonly order_id: string;
  readonly evidence: Record<string, unknown>;
}

/**
 * Opens a case for each payment whose channel has not said for long what became of it, and ends those whose channel has.
 *
 * @returns how many were opened and ended
 */
export async function watchAttempts(now: Date): Promise<number> {
  const [minutes, hours] = await Promise.all([parameter("attempt_unknown_minutes"), parameter("error_case_hours")]);
  const before = new Date(now.getTime() - minutes * minuteMs).toISOString();
  return operatorDatabase().transaction(async (db) => {
    // By the merchant's own clock, which test mode may have moved.
    const found = await db.execute<Unknown>(sql`
      select a.merchant_id, a.livemode, a.id, a.order_id, jsonb_build_object(
        'attempt', a.id, 'amount', a.amount, 'currency', a.currency, 'channel', a.channel,
        'channel_account', a.channel_account_id, 'queries', a.query_count, 'begun_at', a.created_at) as evidence
      from attempts a join merchants m on m.merchant_id = a.merchant_id
      where a.next_query_at is not null and a.status = 'unknown'
        and a.created_at < ${before}::timestamptz + case when a.livemode then 0 else m.test_clock_offset_ms end * interval '1 millisecond'
        and not exists (select from error_cases c
          where c.about_merchant = a.merchant_id and c.kind = 'attempt_unknown' and c.object_id = a.id)
      limit ${mostAtOnce}`);
    if (found.length > 0) {
      const rows = found.map((row) => ({
        id: newPlatformId("errorCase", now.getTime()),
        kind: "attempt_unknown" as const,
        aboutMerchant: row.merchant_id,
        livemode: row.livemode,
        objectId: row.id,
        orderId: row.order_id,
        evidence: row.evidence,
        state: "open" as const,
        dueAt: new Date(now.getTime() + hours * hourMs),
        openedAt: now,
      }));
      await db.insert(errorCases).values(rows).onConflictDoNothing();
    }
    const ended = await db
      .update(errorCases)
      .set({
        state: "resolved",
        ending: "settled_by_itself",
        resolvedAt: now,
        outcome: sql`(select jsonb_build_object('status', a.status) from attempts a
          where a.merchant_id = ${errorCases.aboutMerchant} and a.id = ${errorCases.objectId})`,
      })
      .where(
        and(
          eq(errorCases.kind, "attempt_unknown"),
          eq(errorCases.state, "open"),
          sql`exists (select from attempts a where a.merchant_id = ${errorCases.aboutMerchant}
            and a.id = ${errorCases.objectId} and a.status <> 'unknown')`,
        ),
      )
      .returning({ id: errorCases.id });
    return found.length + ended.length;
  });
}

import { sql } from "drizzle-orm";
import type { CaseEnding, CaseKind } from "#db/schema/error-cases";
import type { Tx } from "#db/tenancy";
import { newPlatformId } from "#lib/kernel/ids";
import { parameterTable } from "#lib/parameters/parameters";

export interface NewCase {
  readonly kind: CaseKind;
  /** What it is about: together with the kind it is opened once. */
  readonly objectId: string;
  readonly orderId?: string | null;
  /** Ids, amounts and references: nothing about a person. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Opens a case in the transaction of what it is about. Told of again, it does nothing. */
export async function openCase(tx: Tx, { kind, objectId, orderId, evidence }: NewCase): Promise<void> {
  // Operators live by the real time, wherever the merchant has put the clock of test mode.
  const now = tx.ctx.realNow;
  // The parameter is read by the function: asking for it here would want a second connection while this one is held.
  const usualHours = parameterTable.error_case_hours.initial;
  await tx.db.execute(sql`
    select internal.open_error_case(${newPlatformId("errorCase", now.getTime())}, ${kind}, ${tx.livemode}, ${objectId},
      ${orderId ?? null}, ${JSON.stringify(evidence)}::json, ${usualHours}::int, ${now.toISOString()}::timestamptz)`);
}

/** Notes that a case ended by itself, and how. */
export async function endCase(
  tx: Tx,
  ended: { kind: CaseKind; objectId: string; ending: CaseEnding; outcome: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { kind, objectId, ending, outcome } = ended;
  await tx.db.execute(sql`
    select internal.end_error_case(${kind}, ${objectId}, ${ending}, ${JSON.stringify(outcome)}::json,
      ${tx.ctx.realNow.toISOString()}::timestamptz)`);
}

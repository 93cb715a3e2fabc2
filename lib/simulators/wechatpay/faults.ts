import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { wechatpayFaults } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import { type Fault, type FaultKind, type Operation, type SetFault, setFault } from "../simulator.ts";

export type FaultRow = typeof wechatpayFaults.$inferSelect;
export type TakenFaults = ReadonlyMap<FaultKind, FaultRow>;

export const callFaults = ["timeout", "lost_answer", "system_error", "slow"] as const satisfies FaultKind[];
export const paymentFaults = ["wrong_amount"] as const satisfies FaultKind[];
export const refundFaults = ["fail_refund", "slow_refund"] as const satisfies FaultKind[];
export const notificationFaults = [
  "lose_notification",
  "repeat_notification",
  "reorder_notifications",
] as const satisfies FaultKind[];

/** Replaces the faults of an account. */
export async function replaceFaults(db: SimulatorDb, mchid: string, faults: readonly Fault[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(wechatpayFaults).where(eq(wechatpayFaults.mchid, mchid));
    if (faults.length === 0) return;
    await tx.insert(wechatpayFaults).values(
      faults.map((fault) => ({
        mchid,
        kind: fault.kind,
        operation: fault.operation === "any" ? null : (fault.operation ?? null),
        reference: fault.reference ?? null,
        times: fault.times ?? 1,
        remaining: uses(fault),
        delayMs: fault.delayMs ?? null,
        amount: fault.amount ?? null,
      })),
    );
  });
}

export async function listFaults(db: SimulatorDb, mchid: string): Promise<SetFault[]> {
  const rows = await db
    .select()
    .from(wechatpayFaults)
    .where(and(eq(wechatpayFaults.mchid, mchid), notUsedUp))
    .orderBy(wechatpayFaults.id);
  return rows.map(setFault);
}

/** How often a fault is taken before it is used up; null when it lasts until it is replaced. */
function uses(fault: Fault): number | null {
  switch (fault.kind) {
    case "slow":
    case "slow_refund":
      return fault.times ?? null;
    case "repeat_notification":
      return 1;
    case "reorder_notifications":
      return 2 * (fault.times ?? 1);
    default:
      return fault.times ?? 1;
  }
}

export interface FaultScope {
  readonly mchid: string;
  readonly kinds: readonly FaultKind[];
  readonly operation?: Operation;
  /** The merchant's numbers that the call or notification is about. */
  readonly references: readonly (string | undefined)[];
}

/**
 * Takes at most one fault of each kind, oldest first, and counts it down. Each is used by one caller only, also when
 * several ask at once; without faults, which is the usual case, this is one indexed read.
 */
export async function takeFaults(db: SimulatorDb, scope: FaultScope): Promise<TakenFaults> {
  const taken = new Map<FaultKind, FaultRow>();
  for (const candidate of await candidates(db, scope)) {
    const kind = candidate.kind as FaultKind;
    if (taken.has(kind)) continue;
    const [row] = await db
      .update(wechatpayFaults)
      .set({ remaining: sql`${wechatpayFaults.remaining} - 1` })
      .where(and(eq(wechatpayFaults.id, candidate.id), notUsedUp))
      .returning();
    if (row) taken.set(kind, row);
  }
  return taken;
}

/** Which of these accounts have notifications to corrupt: one read for a whole batch of sends. */
export async function accountsToCorrupt(db: SimulatorDb, mchids: string[]): Promise<Set<string>> {
  const rows = await db
    .select({ mchid: wechatpayFaults.mchid })
    .from(wechatpayFaults)
    .where(and(inArray(wechatpayFaults.mchid, mchids), eq(wechatpayFaults.kind, "corrupt_notification"), notUsedUp));
  return new Set(rows.map((row) => row.mchid));
}

const notUsedUp = or(isNull(wechatpayFaults.remaining), gt(wechatpayFaults.remaining, 0));

function candidates(db: SimulatorDb, scope: FaultScope): Promise<FaultRow[]> {
  const references = scope.references.filter((reference) => reference !== undefined);
  return db
    .select()
    .from(wechatpayFaults)
    .where(
      and(
        eq(wechatpayFaults.mchid, scope.mchid),
        inArray(wechatpayFaults.kind, [...scope.kinds]),
        notUsedUp,
        scope.operation
          ? or(isNull(wechatpayFaults.operation), eq(wechatpayFaults.operation, scope.operation))
          : undefined,
        references.length > 0
          ? or(isNull(wechatpayFaults.reference), inArray(wechatpayFaults.reference, references))
          : isNull(wechatpayFaults.reference),
      ),
    )
    .orderBy(wechatpayFaults.id);
}

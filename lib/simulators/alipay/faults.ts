import { and, asc, eq, gt, sql } from "drizzle-orm";
import { alipayFaults } from "#db/schema/sim-alipay";
import type { Fault, FaultKind, Operation } from "../simulator.ts";
import type { Executor, Provider } from "./provider.ts";

export type FaultRow = typeof alipayFaults.$inferSelect;

/** Faults that stay until they are replaced unless a number of times is given. */
const lasting: readonly FaultKind[] = ["slow", "slow_refund"];

function remainingOf(fault: Fault): number | null {
  // The hold takes in two notifications: the one held back and the one that overtakes it.
  if (fault.kind === "reorder_notifications") return 2;
  return fault.times ?? (lasting.includes(fault.kind) ? null : 1);
}

/** Sets the faults of an app, instead of all that were set before. */
export async function replaceFaults(provider: Provider, appId: string, faults: readonly Fault[]): Promise<void> {
  await provider.db.transaction(async (tx) => {
    await tx.delete(alipayFaults).where(eq(alipayFaults.appId, appId));
    if (faults.length === 0) return;
    await tx.insert(alipayFaults).values(
      faults.map((fault) => ({
        appId,
        kind: fault.kind,
        operation: fault.operation ?? "any",
        reference: fault.reference ?? null,
        remaining: remainingOf(fault),
        delayMs: fault.delayMs ?? 0,
        amount: fault.amount === undefined ? null : BigInt(fault.amount),
      })),
    );
  });
}

export async function listFaults(db: Executor, appId: string): Promise<readonly FaultRow[]> {
  return db.select().from(alipayFaults).where(eq(alipayFaults.appId, appId)).orderBy(asc(alipayFaults.id));
}

export function faultFor(
  faults: readonly FaultRow[],
  kind: FaultKind,
  match: { operation?: Operation; references: readonly string[] },
): FaultRow | undefined {
  return faults.find(
    (fault) =>
      fault.kind === kind &&
      (match.operation === undefined || fault.operation === "any" || fault.operation === match.operation) &&
      (fault.reference === null || match.references.includes(fault.reference)),
  );
}

/**
 * Takes one use of the fault. False when another call took the last one first: then this call goes right. The row goes
 * with its last use.
 */
export async function spend(db: Executor, fault: FaultRow | undefined): Promise<boolean> {
  if (!fault) return false;
  if (fault.remaining === null) return true;
  const [used] = await db
    .update(alipayFaults)
    .set({ remaining: sql`${alipayFaults.remaining} - 1` })
    .where(and(eq(alipayFaults.id, fault.id), gt(alipayFaults.remaining, 0)))
    .returning({ remaining: alipayFaults.remaining });
  if (used?.remaining === 0) await db.delete(alipayFaults).where(eq(alipayFaults.id, fault.id));
  return used !== undefined;
}

/** Takes all that is left of the fault at once. Returns how much that was. */
export async function spendAll(db: Executor, fault: FaultRow | undefined): Promise<number> {
  if (!fault) return 0;
  const [gone] = await db.delete(alipayFaults).where(eq(alipayFaults.id, fault.id)).returning();
  return gone?.remaining ?? 0;
}

export type CallFailure = "timeout" | "lost_answer" | "system_error";

/** What goes wrong with one call: at most one failure, and how late the answer is. */
export async function callFaults(
  db: Executor,
  faults: readonly FaultRow[],
  match: { operation: Operation; references: readonly string[] },
): Promise<{ failure: CallFailure | undefined; delayMs: number }> {
  const slow = faultFor(faults, "slow", match);
  const delayMs = slow && (await spend(db, slow)) ? slow.delayMs : 0;
  for (const failure of ["timeout", "lost_answer", "system_error"] as const) {
    if (await spend(db, faultFor(faults, failure, match))) return { failure, delayMs };
  }
  return { failure: undefined, delayMs };
}

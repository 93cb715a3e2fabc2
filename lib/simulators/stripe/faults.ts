import { and, eq, sql } from "drizzle-orm";
import { stripeFaults } from "#db/schema/sim-stripe";
import type { SimulatorDb } from "#db/simulator-client";
import { type Fault, type FaultKind, type Operation, type SetFault, setFault } from "../simulator.ts";
import type { Reader } from "./store.ts";

export type FaultRow = typeof stripeFaults.$inferSelect;

/** Uses up one fault of these kinds that is set for the account or for one of the references. */
export type TakeFault = (
  kinds: readonly FaultKind[],
  references: readonly (string | undefined)[],
  operation?: Operation,
) => Promise<FaultRow | undefined>;

/** Slowness lasts until it is replaced, unless it is counted. */
const lasting: readonly FaultKind[] = ["slow", "slow_refund"];
/** One notification uses these up whole; `times` says how often it is repeated, or means nothing. */
const single: readonly FaultKind[] = ["repeat_notification"];

export async function replaceFaults(db: SimulatorDb, accountId: string, faults: readonly Fault[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(stripeFaults).where(eq(stripeFaults.accountId, accountId));
    if (faults.length === 0) return;
    await tx.insert(stripeFaults).values(
      faults.map((fault) => ({
        accountId,
        kind: fault.kind,
        operation: fault.operation === "any" ? null : (fault.operation ?? null),
        reference: fault.reference ?? null,
        remaining: remainingOf(fault),
        times: fault.times ?? 1,
        delayMs: fault.delayMs ?? null,
        amount: fault.amount ?? null,
      })),
    );
  });
}

function remainingOf(fault: Fault): number | null {
  if (single.includes(fault.kind)) return 1;
  // The first is held back, the second sets it free.
  if (fault.kind === "reorder_notifications") return 2;
  return fault.times ?? (lasting.includes(fault.kind) ? null : 1);
}

export async function listFaults(db: SimulatorDb, accountId: string): Promise<SetFault[]> {
  const rows = await db
    .select()
    .from(stripeFaults)
    .where(and(eq(stripeFaults.accountId, accountId), sql`${stripeFaults.remaining} is distinct from 0`))
    .orderBy(stripeFaults.id);
  return rows.map(setFault);
}

/** The usual case: an account without faults costs no further query. */
export const noFault: TakeFault = async () => undefined;

export function takingFaults(db: Reader, accountId: string): TakeFault {
  return async (kinds, references, operation) => {
    const named = references.filter((reference) => reference !== undefined);
    const [chosen] = await db
      .select({ id: stripeFaults.id })
      .from(stripeFaults)
      .where(
        and(
          eq(stripeFaults.accountId, accountId),
          sql`${stripeFaults.kind} = any(${sql.param(kinds)}::text[])`,
          sql`${stripeFaults.remaining} is distinct from 0`,
          sql`(${stripeFaults.operation} is null or ${stripeFaults.operation} = ${operation ?? null})`,
          sql`(${stripeFaults.reference} is null or ${stripeFaults.reference} = any(${sql.param(named)}::text[]))`,
        ),
      )
      // A fault for one payment is meant more than a fault for all.
      .orderBy(sql`${stripeFaults.reference} is null`, stripeFaults.id)
      .limit(1)
      .for("update");
    if (!chosen) return undefined;
    const [taken] = await db
      .update(stripeFaults)
      .set({ remaining: sql`${stripeFaults.remaining} - 1` })
      .where(and(eq(stripeFaults.id, chosen.id), sql`${stripeFaults.remaining} is distinct from 0`))
      .returning();
    return taken;
  };
}

import { and, asc, eq, inArray } from "drizzle-orm";
import { events } from "#db/schema/events";
import type { Tx } from "#db/tenancy";
import { caseEvents, caseOfEvent } from "./case-of-event.ts";
import { endCase, openCase } from "./open-case.ts";

const idsAtOnce = 500;

/** Whether an event may open or end a case. */
export function concernsCases(type: string): boolean {
  return caseEvents.some((known) => known === type);
}

/** Opens and ends the error cases that these events speak of, in the transaction that moves the cursor past them. */
export async function followCases(tx: Tx, eventIds: readonly string[]): Promise<void> {
  for (let start = 0; start < eventIds.length; start += idsAtOnce) {
    const rows = await tx.db
      .select()
      .from(events)
      .where(and(eq(events.merchantId, tx.merchantId), inArray(events.id, eventIds.slice(start, start + idsAtOnce))))
      .orderBy(asc(events.sequence));
    for (const row of rows) {
      const hadSucceeded = row.type === "refund.failed" && (await succeededBefore(tx, row));
      const { opens, ends } = caseOfEvent({ ...row, hadSucceeded });
      for (const opening of opens) await openCase(tx, { ...opening, orderId: row.orderId });
      for (const ending of ends) await endCase(tx, ending);
    }
  }
}

async function succeededBefore(tx: Tx, { orderId, objectId }: { orderId: string | null; objectId: string }) {
  if (!orderId) return false;
  const [found] = await tx.db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.orderId, orderId),
        eq(events.type, "refund.succeeded"),
        eq(events.objectId, objectId),
      ),
    )
    .limit(1);
  return found !== undefined;
}

import { and, desc, eq } from "drizzle-orm";
import { type CaseKind, errorCases } from "#db/schema/error-cases";
import { type TicketState, tickets } from "#db/schema/tickets";
import type { Tx } from "#db/tenancy";

export interface Related {
  readonly tickets: readonly { readonly id: string; readonly subject: string; readonly state: TicketState }[];
  readonly errorCases: readonly {
    readonly id: string;
    readonly kind: CaseKind;
    readonly state: "open" | "resolved";
  }[];
}

const mostShown = 20;

/** What was asked about an order, and what went wrong with it; the newest first. */
export async function relatedTo(tx: Tx, orderId: string): Promise<Related> {
  const { merchantId } = tx;
  const [asked, wrong] = await Promise.all([
    tx.db
      .select({ id: tickets.id, subject: tickets.subject, state: tickets.state })
      .from(tickets)
      .where(and(eq(tickets.merchantId, merchantId), eq(tickets.orderId, orderId)))
      .orderBy(desc(tickets.id))
      .limit(mostShown),
    tx.db
      .select({ id: errorCases.id, kind: errorCases.kind, state: errorCases.state })
      .from(errorCases)
      .where(and(eq(errorCases.aboutMerchant, merchantId), eq(errorCases.orderId, orderId)))
      .orderBy(desc(errorCases.id))
      .limit(mostShown),
  ]);
  return { tickets: asked, errorCases: wrong };
}

import { and, asc, eq, inArray } from "drizzle-orm";
import { events, webhookDeliveries } from "#db/schema/events";
import { channelNotifications } from "#db/schema/inbox";
import { ledgerTransactions } from "#db/schema/ledger";
import { paymentRefusals } from "#db/schema/lists";
import type { Tx } from "#db/tenancy";
import { attemptJson } from "#lib/attempts/attempt-json";
import { attemptsOf } from "#lib/attempts/store";
import { transferJson } from "#lib/ledger/transaction-json";
import { transfersOf } from "#lib/ledger/transfers-of";
import { refundJson } from "#lib/refunds/refund-json";
import { refundsOf } from "#lib/refunds/store";
import { getOrder } from "./store.ts";

/** One line of an order's story. `kind` says what `data` holds. */
export interface TimelineEntry {
  readonly at: string;
  readonly kind: "event" | "attempt" | "refusal" | "refund" | "notification" | "ledger" | "webhook";
  readonly title: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** Everything that happened to an order, oldest first, from the rows that made it happen. @throws NotFound */
export async function orderTimeline(tx: Tx, orderId: string): Promise<TimelineEntry[]> {
  await getOrder(tx, orderId);
  const [tries, refunds, told, heard, booked, refused] = await Promise.all([
    attemptsOf(tx, orderId),
    refundsOf(tx, orderId),
    tx.db
      .select()
      .from(events)
      .where(and(eq(events.merchantId, tx.merchantId), eq(events.orderId, orderId)))
      .orderBy(asc(events.id)),
    tx.db
      .select()
      .from(channelNotifications)
      .where(and(eq(channelNotifications.merchantId, tx.merchantId), eq(channelNotifications.orderId, orderId)))
      .orderBy(asc(channelNotifications.id)),
    tx.db
      .select()
      .from(ledgerTransactions)
      .where(and(eq(ledgerTransactions.merchantId, tx.merchantId), eq(ledgerTransactions.orderId, orderId)))
      .orderBy(asc(ledgerTransactions.id)),
    tx.db
      .select()
      .from(paymentRefusals)
      .where(and(eq(paymentRefusals.merchantId, tx.merchantId), eq(paymentRefusals.orderId, orderId)))
      .orderBy(asc(paymentRefusals.id)),
  ]);
  const deliveries = told.length
    ? await tx.db
        .select()
        .from(webhookDeliveries)
        .where(
          and(
            eq(webhookDeliveries.merchantId, tx.merchantId),
            inArray(
              webhookDeliveries.eventId,
              told.map((event) => event.id),
            ),
          ),
        )
    : [];

  const transfers = await transfersOf(
    tx,
    booked.map((row) => row.id),
  );

  const entries: TimelineEntry[] = [
    ...told.map((row) => entry(row.createdAt, "event", row.type, row.id, { sequence: row.sequence, object: row.data })),
    ...tries.map((row) => entry(row.createdAt, "attempt", `attempt.${row.status}`, row.id, attemptJson(row))),
    ...refunds.map((row) => entry(row.createdAt, "refund", `refund.${row.status}`, row.id, refundJson(row))),
    ...refused.map(refusalEntry),
    ...heard.map((row) =>
      entry(row.receivedAt, "notification", row.kind, row.id, {
        result: row.result,
        channel_account: row.channelAccountId,
        provider_event_id: row.providerEventId,
        body: row.body,
      }),
    ),
    ...booked.map((row) =>
      entry(row.createdAt, "ledger", row.kind, row.id, {
        reference: row.reference,
        transfers: (transfers.get(row.id) ?? []).map(transferJson),
      }),
    ),
    ...deliveries.map((row) =>
      entry(row.lastTryAt ?? row.createdAt, "webhook", `webhook.${row.status}`, row.id, {
        event: row.eventId,
        endpoint: row.endpointId,
        tries: row.tryCount,
        response_status: row.responseStatus,
        error: row.error,
      }),
    ),
  ];
  return entries.sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
}

/** What the platform's list says of others is not told; that it was that list is. */
function refusalEntry(row: typeof paymentRefusals.$inferSelect): TimelineEntry {
  const { method, scope, kind } = row;
  const own = scope === "merchant" ? { entry: row.entryId, hint: row.hint, reason: row.reason } : {};
  return entry(row.createdAt, "refusal", `refusal.${scope}`, row.id, { method, list: scope, kind, ...own });
}

function entry(
  at: Date,
  kind: TimelineEntry["kind"],
  title: string,
  id: string,
  data: Record<string, unknown>,
): TimelineEntry {
  return { at: at.toISOString(), kind, title, id, data };
}

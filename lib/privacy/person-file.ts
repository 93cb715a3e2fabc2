import { and, eq, inArray } from "drizzle-orm";
import { auditLog, channelNotifications } from "#db/schema/inbox";
import { attempts } from "#db/schema/orders";
import { refunds } from "#db/schema/refunds";
import type { Context, Tx } from "#db/tenancy";
import { attemptJson } from "#lib/attempts/attempt-json";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { type Order, orderJson } from "#lib/orders/order-json";
import { refundJson } from "#lib/refunds/refund-json";
import { retentionRules } from "./retention-rules.ts";
import { ordersOf } from "./store.ts";
import { type Subject, termsOf } from "./subject.ts";

/** A person has thousands of orders at a shop at most; beyond, the identifier is no person's. */
const mostOrders = 5_000;

/** More orders than belong to one person. */
export class TooMuch extends Error {}

/**
 * Everything that is stored of a shopper, with the rules by which it is kept (GDPR art. 15 (1) d, PIPL art. 17).
 *
 * @throws TooMuch
 */
export async function collectPerson(ctx: Context, subject: Subject) {
  const merchant = await loadMerchant(ctx);
  return ctx.transaction(async (tx) => {
    const orders = await ordersOf(tx, termsOf(subject), mostOrders + 1);
    if (orders.length > mostOrders) throw new TooMuch();
    const belongings = await belongingsOf(tx, orders);
    return {
      orders: orders.length,
      file: {
        generated_at: tx.now.toISOString(),
        controller: merchant.name,
        livemode: tx.livemode,
        subject,
        orders: orders.map((order) => ({ ...orderJson(order), ...belongings(order.id) })),
        retention: retentionRules,
      },
    };
  });
}

async function belongingsOf(tx: Tx, orders: readonly Order[]) {
  const ids = orders.map(({ id }) => id);
  if (ids.length === 0) return () => ({});
  const of = <T extends { merchantId: typeof attempts.merchantId; orderId: typeof attempts.orderId }>(table: T) =>
    and(eq(table.merchantId, tx.merchantId), inArray(table.orderId, ids));
  const tries = await tx.db.select().from(attempts).where(of(attempts)).orderBy(attempts.id);
  const returned = await tx.db
    .select()
    .from(refunds)
    .where(and(eq(refunds.merchantId, tx.merchantId), inArray(refunds.orderId, ids)))
    .orderBy(refunds.id);
  const told = await tx.db
    .select()
    .from(channelNotifications)
    .where(and(eq(channelNotifications.merchantId, tx.merchantId), inArray(channelNotifications.orderId, ids)));
  const objects = [...ids, ...tries.map(({ id }) => id)];
  const visits = await tx.db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.merchantId, tx.merchantId),
        inArray(auditLog.objectId, objects),
        eq(auditLog.actorType, "shopper"),
      ),
    );
  const orderOf = new Map(tries.map(({ id, orderId }) => [id, orderId]));
  return (orderId: string) => ({
    attempts: tries
      .filter((one) => one.orderId === orderId)
      .map((one) => ({ ...attemptJson(one), shopper: one.shopper })),
    refunds: returned.filter((one) => one.orderId === orderId).map(refundJson),
    channel_notifications: told
      .filter((one) => one.orderId === orderId)
      .map(({ kind, receivedAt, body }) => ({ kind, received_at: receivedAt.toISOString(), body })),
    visits: visits
      .filter(({ objectId }) => (orderOf.get(objectId) ?? objectId) === orderId)
      .map(({ createdAt, verb, ip, userAgent }) => ({ at: createdAt.toISOString(), verb, ip, user_agent: userAgent })),
  });
}

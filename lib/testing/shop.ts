import { and, asc, eq } from "drizzle-orm";
import { events } from "#db/schema/events";
import { auditLog } from "#db/schema/inbox";
import { ledgerTransactions } from "#db/schema/ledger";
import type { Context } from "#db/tenancy";
import type { Applied } from "#lib/attempts/apply-outcome";
import type { Attempt } from "#lib/attempts/attempt-json";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { type StartAttempt, startAttempt } from "#lib/attempts/start-attempt";
import { attemptsOf } from "#lib/attempts/store";
import type { Method } from "#lib/channels/channel";
import { newId } from "#lib/kernel/ids";
import { balances } from "#lib/ledger/balance";
import { createOrder } from "#lib/orders/create-order";
import type { Order } from "#lib/orders/order-json";
import { type CreateOrder, createOrderSchema } from "#lib/orders/schemas";
import { getOrder } from "#lib/orders/store";
import { createRefund } from "#lib/refunds/create-refund";
import type { Refund } from "#lib/refunds/refund-json";
import { refundsOf } from "#lib/refunds/store";
import { actOnOrder } from "#lib/sandbox/drive-order";
import type { Platform, TestMerchant } from "./platform.ts";

/** What a merchant's server and its shoppers do in tests, and what a test then looks at. */

let counter = 0;

/** A number that no other order or refund of the test file has. */
export function nextNumber(prefix = "A"): string {
  counter += 1;
  return `${prefix}-${counter}`;
}

export function orderInput(changes: Record<string, unknown> = {}): CreateOrder {
  return createOrderSchema.parse({
    merchant_order_no: nextNumber(),
    amount: 8800,
    currency: "CNY",
    subject: "Tea",
    ...changes,
  });
}

/** As many unpaid orders as a test of long lists needs, all of the past but the first, and written without their story. */
export async function manyOrders({ owner }: Platform, shop: TestMerchant, count: number): Promise<void> {
  const { ctx, merchantId } = shop;
  const model = await openOrder(ctx);
  const past = newId("order", merchantId, 0).slice(0, -8);
  await owner`
    insert into orders (merchant_id, id, livemode, merchant_order_no, amount, currency, subject, capture_method, metadata, status, expires_at, created_at)
    select merchant_id, ${past} || lpad(n::text, 8, '0'), livemode, 'M-' || n, n, currency, subject, capture_method, metadata, status, expires_at, created_at
    from orders, generate_series(1, ${count - 1}) n where merchant_id = ${merchantId} and id = ${model.id}`;
}

export function openOrder(ctx: Context, changes: Record<string, unknown> = {}): Promise<Order> {
  return createOrder(ctx, orderInput(changes));
}

/** The shopper chooses a method; for a card, `token` is one of Stripe's own test payment methods. */
export function choose(
  ctx: Context,
  orderId: string,
  method: Method,
  input: Partial<StartAttempt> = {},
): Promise<Applied> {
  const token = method === "card" ? { token: "pm_card_visa" } : {};
  const surroundings = surroundingsOf("");
  return startAttempt(ctx, { orderId, method, surroundings, ip: "127.0.0.1", userAgent: "", ...token, ...input });
}

/** An order that was paid to the end and told of. */
export async function paidOrder(
  platform: Platform,
  ctx: Context,
  changes: Record<string, unknown> = {},
  method: Method = "wechat_pay",
): Promise<Order> {
  const order = await openOrder(ctx, changes);
  await choose(ctx, order.id, method);
  if (method !== "card") await actOnOrder(ctx, order.id, { act: "pay" });
  await platform.settle();
  const paid = await orderOf(ctx, order.id);
  if (paid.status !== "paid") throw new Error(`the order is ${paid.status}`);
  return paid;
}

export async function authorizedOrder(ctx: Context, changes: Record<string, unknown> = {}): Promise<Order> {
  const order = await openOrder(ctx, { capture_method: "manual", ...changes });
  const { order: authorized } = await choose(ctx, order.id, "card");
  if (authorized.status !== "authorized") throw new Error(`the order is ${authorized.status}`);
  return authorized;
}

export function refund(ctx: Context, orderId: string, amount?: number): Promise<Refund> {
  const number = nextNumber("R");
  return createRefund(ctx, { order: orderId, merchant_refund_no: number, ...(amount !== undefined && { amount }) });
}

export function orderOf(ctx: Context, orderId: string): Promise<Order> {
  return ctx.transaction((tx) => getOrder(tx, orderId));
}

export function attemptsOfOrder(ctx: Context, orderId: string): Promise<Attempt[]> {
  return ctx.transaction((tx) => attemptsOf(tx, orderId));
}

export function refundsOfOrder(ctx: Context, orderId: string): Promise<Refund[]> {
  return ctx.transaction((tx) => refundsOf(tx, orderId));
}

/** Types of the order's events, in alphabetical order: those of one transaction share their millisecond. */
export async function eventsOf(ctx: Context, orderId: string): Promise<string[]> {
  const rows = await ctx.transaction((tx) =>
    tx.db
      .select({ type: events.type })
      .from(events)
      .where(and(eq(events.merchantId, tx.merchantId), eq(events.orderId, orderId))),
  );
  return rows.map((row) => row.type).sort();
}

/** Kinds of the ledger transactions of an order, in the order of booking. */
export async function postingsOf(ctx: Context, orderId: string): Promise<string[]> {
  const rows = await ctx.transaction((tx) =>
    tx.db
      .select({ kind: ledgerTransactions.kind })
      .from(ledgerTransactions)
      .where(and(eq(ledgerTransactions.merchantId, tx.merchantId), eq(ledgerTransactions.orderId, orderId)))
      .orderBy(asc(ledgerTransactions.createdAt), asc(ledgerTransactions.id)),
  );
  return rows.map((row) => row.kind);
}

/** Every account that holds something, `merchant_pending CNY` → minor units; channel accounts under one name. */
export async function bookOf(ctx: Context): Promise<Record<string, bigint>> {
  const rows = await ctx.transaction((tx) => balances(tx));
  const book: Record<string, bigint> = {};
  for (const { code, currency, balance } of rows) {
    const name = `${code.split(":")[0]} ${currency}`;
    if (balance !== 0n) book[name] = (book[name] ?? 0n) + balance;
  }
  return book;
}

/** What the audit log says was done to an object, and by whom. */
export async function auditOf(ctx: Context, objectId: string): Promise<string[]> {
  const rows = await ctx.transaction((tx) =>
    tx.db
      .select({ verb: auditLog.verb, actor: auditLog.actorType })
      .from(auditLog)
      .where(and(eq(auditLog.merchantId, tx.merchantId), eq(auditLog.objectId, objectId)))
      .orderBy(asc(auditLog.id)),
  );
  return rows.map((row) => `${row.verb} by ${row.actor}`);
}

import { and, eq } from "drizzle-orm";
import { orders } from "#db/schema/orders";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { emit } from "#lib/events/emit";
import { InvalidParam } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { requireWithinLimits } from "#lib/merchants/limits";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { requireTrading } from "#lib/merchants/may-trade";
import { DuplicateMerchantOrderNo } from "./errors.ts";
import { type Order, orderJson } from "./order-json.ts";
import { rememberOrderMode } from "./order-mode.ts";
import type { CreateOrder } from "./schemas.ts";
import { insertOrder } from "./store.ts";

const minLifetimeMs = 60_000;
const maxLifetimeMs = 30 * 24 * 3_600_000;

/**
 * Opens an order to be paid.
 *
 * @param input as the API takes it: amounts in integer minor units, expiry between a minute and 30 days away
 * @throws DuplicateMerchantOrderNo naming the order that has the number already
 * @throws MerchantSuspended, MerchantNotApproved, LimitExceeded
 * @throws InvalidParam when items do not add up or the expiry is out of bounds
 */
export async function createOrder(ctx: Context, input: CreateOrder): Promise<Order> {
  const merchant = await loadMerchant(ctx);
  requireTrading(merchant, ctx.livemode);
  const expiresAt = expiry(input.expires_at, ctx.now, merchant.settings.orderLifetimeMinutes);
  checkItems(input);
  if (merchant.limits)
    await requireWithinLimits(ctx, merchant, { amount: BigInt(input.amount), currency: input.currency });

  return ctx.transaction(async (tx) => {
    const order = newOrder(tx, input, expiresAt);
    // Sent together: should the number be taken, the error below undoes the other two.
    const [inserted] = await Promise.all([
      insertOrder(tx, order),
      emit(tx, "order.created", { objectId: order.id, orderId: order.id, data: orderJson(order) }),
      recordAudit(tx, "order.create", order.id),
    ]);
    if (inserted.length === 0) throw new DuplicateMerchantOrderNo(await numberHolder(tx, input.merchant_order_no));
    tx.afterCommit(() => rememberOrderMode(order.id, order.livemode));
    return order;
  });
}

async function numberHolder(tx: Tx, merchantOrderNo: string): Promise<string> {
  const [existing] = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        eq(orders.livemode, tx.livemode),
        eq(orders.merchantOrderNo, merchantOrderNo),
      ),
    );
  return existing?.id ?? "";
}

function newOrder(tx: Tx, input: CreateOrder, expiresAt: Date): Order {
  return {
    merchantId: tx.merchantId,
    id: newId("order", tx.merchantId, tx.now.getTime()),
    livemode: tx.livemode,
    merchantOrderNo: input.merchant_order_no,
    amount: BigInt(input.amount),
    currency: input.currency,
    subject: input.subject,
    description: input.description ?? null,
    items: input.items ?? null,
    methods: input.methods ?? null,
    captureMethod: input.capture_method,
    customer: input.customer ?? null,
    metadata: input.metadata ?? {},
    returnUrl: input.return_url ?? null,
    status: "pending",
    amountCaptured: 0n,
    amountRefundReserved: 0n,
    amountRefunded: 0n,
    latestAttemptId: null,
    expiresAt,
    paidAt: null,
    closedAt: null,
    createdAt: tx.now,
    updatedAt: null,
  };
}

function expiry(wanted: string | undefined, now: Date, lifetimeMinutes: number): Date {
  if (wanted === undefined) return new Date(now.getTime() + lifetimeMinutes * 60_000);
  const at = new Date(wanted);
  const lifetimeMs = at.getTime() - now.getTime();
  if (!(lifetimeMs >= minLifetimeMs && lifetimeMs <= maxLifetimeMs)) {
    throw new InvalidParam("expires_at_out_of_range", "expires_at");
  }
  return at;
}

function checkItems(input: CreateOrder): void {
  if (!input.items) return;
  const sum = input.items.reduce((total, item) => total + BigInt(item.unit_amount) * BigInt(item.quantity), 0n);
  if (sum !== BigInt(input.amount)) throw new InvalidParam("items_do_not_add_up", "items", { sum: sum.toString() });
}

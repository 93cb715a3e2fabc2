import { and, desc, eq } from "drizzle-orm";
import { orderFreezes } from "#db/schema/freezes";
import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import { AppError, InvalidParam } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { money } from "#lib/kernel/money";
import { type Posting, post } from "#lib/ledger/post";
import { lockOrder } from "#lib/orders/store";
import { coveringAccount } from "#lib/refunds/funding";

export type Freeze = typeof orderFreezes.$inferSelect;

/** What of the order's money is not refunded, nor promised to be: what can be held back. */
function heldBy(order: { amountCaptured: bigint; amountRefundReserved: bigint }): bigint {
  return order.amountCaptured - order.amountRefundReserved;
}

/**
 * Holds money of an order back: it moves from the merchant's balance to its frozen account, in the caller's transaction.
 *
 * @param input.amount minor units; all that is not refunded when undefined
 * @throws NotFound, InvalidParam amount_too_large, AppError order_frozen, order_nothing_to_freeze, balance_too_low
 */
export async function freezeOrder(
  tx: Tx,
  input: { orderId: string; amount?: bigint; reason: string },
): Promise<Freeze> {
  const order = await lockOrder(tx, input.orderId);
  const most = heldBy(order);
  if (most <= 0n) throw new AppError("conflict", "order_nothing_to_freeze");
  const amount = input.amount ?? most;
  if (amount <= 0n || amount > most) throw new InvalidParam("amount_too_large", "amount");
  const currency = order.currency as CurrencyCode;
  const fundedFrom = await coveringAccount(tx, currency, amount);
  if (!fundedFrom) throw new AppError("conflict", "balance_too_low");
  const [freeze] = await tx.db
    .insert(orderFreezes)
    .values({
      merchantId: tx.merchantId,
      id: newId("freeze", tx.merchantId, tx.now.getTime()),
      livemode: tx.livemode,
      orderId: order.id,
      amount,
      currency,
      fundedFrom,
      reason: input.reason,
      createdAt: tx.now,
    })
    .onConflictDoNothing()
    .returning();
  if (!freeze) throw new AppError("conflict", "order_frozen");
  await post(tx, posting(freeze, "order_frozen"));
  return freeze;
}

/** Gives back what is held, to the balance that it came from. @throws AppError order_not_frozen */
export async function releaseOrder(tx: Tx, orderId: string): Promise<Freeze> {
  await lockOrder(tx, orderId);
  const [freeze] = await tx.db
    .update(orderFreezes)
    .set({ isReleased: true, releasedAt: tx.now })
    .where(and(ofOrder(tx, orderId), eq(orderFreezes.isReleased, false)))
    .returning();
  if (!freeze) throw new AppError("conflict", "order_not_frozen");
  await post(tx, posting(freeze, "order_released"));
  return freeze;
}

/** Of one order, the latest first. */
export function freezesOf(tx: Tx, orderId: string): Promise<Freeze[]> {
  return tx.db.select().from(orderFreezes).where(ofOrder(tx, orderId)).orderBy(desc(orderFreezes.id));
}

function ofOrder({ merchantId, livemode }: Tx, orderId: string) {
  return and(
    eq(orderFreezes.merchantId, merchantId),
    eq(orderFreezes.livemode, livemode),
    eq(orderFreezes.orderId, orderId),
  );
}

function posting(freeze: Freeze, kind: "order_frozen" | "order_released"): Posting {
  const amount = money(freeze.amount, freeze.currency as CurrencyCode);
  const transfer =
    kind === "order_frozen"
      ? { debit: freeze.fundedFrom, credit: "merchant_frozen" as const, amount }
      : { debit: "merchant_frozen" as const, credit: freeze.fundedFrom, amount };
  return { reference: `${kind}:${freeze.id}`, kind, orderId: freeze.orderId, transfers: [transfer] };
}

import { z } from "@hono/zod-openapi";
import type { Context, Tx } from "#db/tenancy";
import { freezeOrder, freezesOf, releaseOrder } from "#lib/freezes/freeze-order";
import { AppError, InvalidParam } from "#lib/kernel/errors";
import { getOrder } from "#lib/orders/store";
import { parameter } from "#lib/parameters/parameters";
import { createRefund } from "#lib/refunds/create-refund";
import type { Refund } from "#lib/refunds/refund-json";
import { merchantKind } from "../approvals/kind.ts";
import { propose } from "../approvals/propose.ts";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt } from "../record.ts";
import { worldOf } from "./read-order.ts";

type ApprovalRow = Awaited<ReturnType<typeof propose>>;

export interface RefundWish {
  readonly orderId: string;
  /** Minor units; all that is left when undefined. */
  readonly amount?: bigint;
  /** The number of this refund at the merchant: the same for each try of one wish. */
  readonly number: string;
  readonly reason: string;
}

export type RefundOutcome =
  | { readonly kind: "refund"; readonly refund: Refund }
  | { readonly kind: "approval"; readonly approval: ApprovalRow };

/**
 * Refunds an order of a merchant: at once up to the amount that one operator may refund alone, else as a proposal.
 *
 * @throws NotFound, InvalidParam, what createRefund refuses, AlreadyProposed
 */
export async function refundAsOperator(octx: OperatorContext, wish: RefundWish): Promise<RefundOutcome> {
  const ctx = await worldOf(octx, wish.orderId);
  const { currency, left } = await ctx.transaction((tx) => refundable(tx, wish.orderId));
  const amount = wish.amount ?? left;
  if (amount > left) throw new InvalidParam("amount_too_large", "amount");
  const alone = (await parameter("refund_alone_up_to"))[currency] ?? 0;
  if (amount <= BigInt(alone)) return { kind: "refund", refund: await refundNow(ctx, octx, { ...wish, amount }) };
  const { orderId, number, reason } = wish;
  const approval = await propose(octx, {
    kind: "order.refund",
    place: { merchantId: ctx.merchantId, livemode: ctx.livemode },
    payload: { order: orderId, amount: amount.toString(), number, reason },
    reason,
  });
  return { kind: "approval", approval };
}

async function refundable(tx: Tx, orderId: string): Promise<{ currency: string; left: bigint; status: string }> {
  const order = await getOrder(tx, orderId);
  return {
    currency: order.currency,
    left: order.amountCaptured - order.amountRefundReserved,
    status: order.status,
  };
}

function refundNow(ctx: Context, octx: OperatorContext, wish: RefundWish & { amount: bigint }): Promise<Refund> {
  return ctx.transaction(async (tx) => {
    const refund = await createRefund(tx.ctx, {
      order: wish.orderId,
      amount: Number(wish.amount),
      merchant_refund_no: wish.number,
      reason: wish.reason.slice(0, 200).toWellFormed(),
    });
    await recordDeedAt(octx, tx, {
      verb: "order.refund",
      objectId: wish.orderId,
      change: { refund: refund.id, amount: refund.amount.toString(), currency: refund.currency, reason: wish.reason },
    });
    return refund;
  });
}

const refundPayload = z.strictObject({
  order: z.string().max(64),
  amount: z.string().regex(/^[1-9]\d{0,17}$/),
  number: z.string().max(64),
  reason: z.string().max(1_000),
});

/** A refund above what one operator may give alone. */
export const refundKind = merchantKind({
  kind: "order.refund",
  propose: "orders:write",
  approve: "orders:approve",
  payload: refundPayload,
  objectId: ({ order }) => order,
  async look(tx, { order, amount }) {
    const { currency, left, status } = await refundable(tx, order);
    if (BigInt(amount) > left) throw new InvalidParam("amount_too_large", "amount");
    return { order, status, currency, amount, left_after: (left - BigInt(amount)).toString() };
  },
  async carryOut(tx, { order, amount, number, reason }, octx) {
    const refund = await refundNow(tx.ctx, octx, { orderId: order, amount: BigInt(amount), number, reason });
    return { refund: refund.id, currency: refund.currency, amount };
  },
});

/** Holds an order's money back at once: one person may, because it protects. @throws what freezeOrder refuses */
export async function freezeAsOperator(
  octx: OperatorContext,
  input: { orderId: string; amount?: bigint; reason: string },
): Promise<void> {
  const ctx = await worldOf(octx, input.orderId);
  await ctx.transaction(async (tx) => {
    const freeze = await freezeOrder(tx, input);
    const { id, amount, currency } = freeze;
    await recordDeedAt(octx, tx, {
      verb: "order.freeze",
      objectId: input.orderId,
      change: { freeze: id, amount: amount.toString(), currency, reason: input.reason },
    });
  });
}

/** Asks a second operator to give held money back. @throws NotFound, AppError order_not_frozen, AlreadyProposed */
export async function proposeRelease(
  octx: OperatorContext,
  input: { orderId: string; reason: string },
): Promise<ApprovalRow> {
  const { merchantId, livemode } = await worldOf(octx, input.orderId);
  return propose(octx, {
    kind: "order.release",
    place: { merchantId, livemode },
    payload: { order: input.orderId },
    reason: input.reason,
  });
}

/** Gives held money back to the merchant. */
export const releaseKind = merchantKind({
  kind: "order.release",
  propose: "orders:write",
  approve: "orders:approve",
  payload: z.strictObject({ order: z.string().max(64) }),
  objectId: ({ order }) => order,
  async look(tx, { order }) {
    const held = (await freezesOf(tx, order)).find((freeze) => !freeze.isReleased);
    if (!held) throw new AppError("conflict", "order_not_frozen");
    const { currency, amount, reason, createdAt } = held;
    return { order, currency, amount: amount.toString(), reason, frozen_at: createdAt.toISOString() };
  },
  async carryOut(tx, { order }, octx) {
    const { id, amount, currency } = await releaseOrder(tx, order);
    await recordDeedAt(octx, tx, {
      verb: "order.release",
      objectId: order,
      change: { freeze: id, amount: amount.toString(), currency },
    });
    return { order, currency, amount: amount.toString() };
  },
});

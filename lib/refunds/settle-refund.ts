import type { Context, Tx } from "#db/tenancy";
import type { Attempt } from "#lib/attempts/attempt-json";
import { getAttempt, reserveOnAttempt } from "#lib/attempts/store";
import type { Heard, RefundOutcome } from "#lib/channels/channel";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { log } from "#lib/kernel/log";
import { post } from "#lib/ledger/post";
import { loadMerchant } from "#lib/merchants/load-merchant";
import type { Order } from "#lib/orders/order-json";
import { lockOrder, updateOrder } from "#lib/orders/store";
import { refundBounced, refundFailed, refundSucceeded } from "./postings.ts";
import { type Refund, refundJson } from "./refund-json.ts";
import { amountMismatch, countsInOrder, decideRefund, nextTryDelayMs, type RefundDecision } from "./refund-state.ts";
import { reviveRefund } from "./revive-refund.ts";
import { getRefund, lockRefund, updateRefund } from "./store.ts";

/** `contradiction`: it denies how the refund had ended, and the channel is asked which holds. */
export type SettledRefund = {
  readonly refund: Refund;
  readonly result: "applied" | "repeated" | "mismatch" | "contradiction";
};

/** What a decision is carried out on, locked. */
interface Subject {
  readonly refund: Refund;
  readonly order: Order;
  readonly attempt: Attempt;
}

/**
 * Makes a provider's word about a refund true on our side; the answer to our call, a query and a notification all come
 * here, in any order and any number.
 *
 * @param heard `told` for notifications, which may be older than what we know
 */
export async function settleRefund(
  ctx: Context,
  refundId: string,
  outcome: RefundOutcome,
  heard: Heard = "asked",
): Promise<SettledRefund> {
  const { settings } = await loadMerchant(ctx);
  return ctx.transaction(async (tx) => {
    const { orderId } = await getRefund(tx, refundId);
    const order = await lockOrder(tx, orderId);
    const refund = await lockRefund(tx, refundId);
    const decision = decideRefund(refund, outcome, heard);
    if (decision.kind === "none") return { refund, result: "repeated" };
    announceOrder(tx, order.id);
    const subject = { refund, order, attempt: await getAttempt(tx, refund.attemptId) };
    return carryOut(tx, subject, decision, outcome, settings.feeReturnedOnRefund);
  });
}

async function carryOut(
  tx: Tx,
  { refund, order, attempt }: Subject,
  decision: Exclude<RefundDecision, { kind: "none" }>,
  outcome: RefundOutcome,
  isFeeReturned: boolean,
): Promise<SettledRefund> {
  switch (decision.kind) {
    case "again": {
      if (outcome.kind === "pending" && outcome.unmapped) {
        log.warn({ refund: refund.id, status: outcome.unmapped }, "provider refund status not met before");
      }
      const change = { status: decision.status, ...nextTry(tx, refund.tryCount + 1), ...reference(outcome) };
      return { refund: await updateRefund(tx, refund, change), result: "applied" };
    }
    case "succeeded": {
      const again = decision.revived
        ? await reviveRefund(tx, refund, attempt, order, isFeeReturned)
        : { refund, order };
      return { refund: await succeed(tx, { ...again, attempt }, outcome), result: "applied" };
    }
    case "failed":
      return { refund: await fail(tx, { refund, order, attempt }, decision), result: "applied" };
    case "mismatch":
      return { refund: await flagMismatch(tx, refund, outcome), result: "mismatch" };
    case "ask": {
      log.warn({ refund: refund.id, status: refund.status, told: outcome.kind }, "channel contradicts a refund's end");
      const asking = await updateRefund(tx, refund, { tryCount: 0, nextTryAt: tx.now });
      return { refund: asking, result: "contradiction" };
    }
    case "confirmed":
      return { refund: await updateRefund(tx, refund, { nextTryAt: null }), result: "repeated" };
  }
}

function nextTry(tx: Tx, tryCount: number) {
  return { tryCount, nextTryAt: new Date(tx.now.getTime() + nextTryDelayMs(tryCount)) };
}

function reference(outcome: RefundOutcome): { providerReference?: string } {
  return "reference" in outcome && outcome.reference ? { providerReference: outcome.reference } : {};
}

async function succeed(tx: Tx, { refund, order, attempt }: Subject, outcome: RefundOutcome): Promise<Refund> {
  const done = await updateRefund(tx, refund, {
    status: "succeeded",
    succeededAt: outcome.kind === "succeeded" ? outcome.at : tx.now,
    failureCode: null,
    nextTryAt: null,
    ...reference(outcome),
  });
  if (countsInOrder(done, attempt)) {
    const amountRefunded = order.amountRefunded + done.amount;
    const status = amountRefunded === order.amountCaptured ? "refunded" : "partially_refunded";
    await updateOrder(tx, order, { amountRefunded, status });
  }
  await post(tx, refundSucceeded(done, attempt.channelAccountId));
  await emit(tx, "refund.succeeded", { objectId: done.id, orderId: order.id, data: refundJson(done) });
  return done;
}

async function fail(
  tx: Tx,
  { refund, order, attempt }: Subject,
  { code, bounced }: Extract<RefundDecision, { kind: "failed" }>,
): Promise<Refund> {
  const failed = await updateRefund(tx, refund, {
    status: "failed",
    failureCode: code,
    succeededAt: null,
    nextTryAt: null,
    isBeyondOrder: false,
  });
  await post(tx, bounced ? refundBounced(failed, attempt.channelAccountId) : refundFailed(failed));
  if (!refund.isBeyondOrder) await reserveOnAttempt(tx, attempt.id, -refund.amount);
  if (countsInOrder(refund, attempt)) {
    const amountRefunded = order.amountRefunded - (bounced ? refund.amount : 0n);
    await updateOrder(tx, order, {
      amountRefundReserved: order.amountRefundReserved - refund.amount,
      amountRefunded,
      status: amountRefunded > 0n ? "partially_refunded" : "paid",
    });
  }
  await emit(tx, "refund.failed", { objectId: failed.id, orderId: order.id, data: refundJson(failed) });
  return failed;
}

/** Told once, and asked after until the channel names our sum or a failure; an ended refund stays as it ended. */
async function flagMismatch(tx: Tx, refund: Refund, outcome: RefundOutcome): Promise<Refund> {
  const isEnded = refund.status === "failed" || refund.status === "succeeded";
  const flagged = await updateRefund(tx, refund, {
    failureCode: amountMismatch,
    ...(isEnded ? { nextTryAt: null } : { status: "processing", ...nextTry(tx, refund.tryCount + 1) }),
  });
  if (refund.failureCode === amountMismatch) return flagged;
  const said = outcome.kind === "succeeded" ? `${outcome.amount.minor} ${outcome.amount.currency}` : undefined;
  log.error({ refund: refund.id, ours: `${refund.amount} ${refund.currency}`, said }, "refund of a wrong amount");
  await emit(tx, "refund.amount_mismatch", { objectId: refund.id, orderId: refund.orderId, data: refundJson(flagged) });
  return flagged;
}

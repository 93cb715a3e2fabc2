import type { Context, Tx } from "#db/tenancy";
import { closeAttempt } from "#lib/attempts/close-attempt";
import { loadAccount } from "#lib/channel-accounts/load-account";
import type { Approved, Heard, QueryOutcome } from "#lib/channels/channel";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { log } from "#lib/kernel/log";
import { percentPlusFixed, toDecimalString } from "#lib/kernel/money";
import { post } from "#lib/ledger/post";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { sendNotice } from "#lib/notices/send-notice";
import { type Order, orderJson } from "#lib/orders/order-json";
import { updateOrder } from "#lib/orders/store";
import { returnPayment } from "#lib/refunds/return-payment";
import { type Attempt, attemptJson } from "./attempt-json.ts";
import { type Decision, decide, nextQueryDelayMs } from "./attempt-state.ts";
import { paymentSucceeded, unexpectedPayment } from "./postings.ts";
import { lockAttempt, updateAttempt } from "./store.ts";

/**
 * What became of the message: something changed, it told us nothing new, the money it told of was not expected, or it
 * can't be right and the provider is asked.
 */
export type Applied = {
  readonly attempt: Attempt;
  readonly order: Order;
  readonly result: "applied" | "repeated" | "mismatch" | "contradiction";
};

/**
 * Makes a provider's word true on our side: attempt, order, ledger, events and jobs in one transaction. The answer to
 * our call, a query and a notification all come here, in any order and any number; the second does nothing.
 *
 * @param heard `told` for notifications
 */
export async function applyOutcome(
  ctx: Context,
  attemptId: string,
  outcome: QueryOutcome,
  heard: Heard = "asked",
): Promise<Applied> {
  const { settings } = await loadMerchant(ctx);
  return ctx.transaction(async (tx) => {
    const { order, attempt } = await lockAttempt(tx, attemptId);
    const { latePayment, secondPayment = "refund" } = settings;
    const decision = decide(
      { attempt, orderStatus: order.status, latePayment, secondPayment, heard, now: tx.now },
      outcome,
    );
    if (outcome.kind === "pending" && outcome.unmapped) {
      log.warn({ attempt: attempt.id, status: outcome.unmapped }, "provider status not met before");
    }
    const applied = await carryOut(tx, order, attempt, decision, outcome);
    if (decision.kind !== "none") announceOrder(tx, order.id);
    return applied;
  });
}

async function carryOut(
  tx: Tx,
  order: Order,
  attempt: Attempt,
  decision: Decision,
  outcome: QueryOutcome,
): Promise<Applied> {
  switch (decision.kind) {
    case "none":
      return { order, attempt: await scheduleQuery(tx, attempt, outcome), result: "repeated" };
    case "ask": {
      log.error({ attempt: attempt.id, order: order.id }, "told of a capture above the authorisation");
      const asking = await updateAttempt(tx, attempt, { alert: true, queryCount: 0, nextQueryAt: tx.now });
      return { order, attempt: asking, result: "contradiction" };
    }
    case "waiting":
      return wait(tx, order, attempt, decision.status, outcome);
    case "failed":
      return fail(tx, order, attempt, decision);
    case "canceled":
      return cancel(tx, order, attempt);
    case "authorized":
      return authorize(tx, order, attempt, outcome as Approved);
    case "void": {
      const updated = await updateAttempt(tx, attempt, { ...settled(outcome as Approved), status: "authorized" });
      await closeAttempt.enqueue(tx, { attemptId: attempt.id });
      return { order, attempt: updated, result: "mismatch" };
    }
    case "received":
      return decision.accepted
        ? receive(tx, order, attempt, outcome as Approved, decision.disposition)
        : giveBack(tx, order, attempt, outcome as Approved, decision.disposition);
  }
}

async function scheduleQuery(tx: Tx, attempt: Attempt, outcome: QueryOutcome): Promise<Attempt> {
  if (!attempt.nextQueryAt || attempt.nextQueryAt > tx.now) return attempt;
  // The provider still holds what it had authorised: there is nothing more to ask after.
  if (attempt.status === "authorized" && outcome.kind === "approved" && !attempt.pendingOperation) {
    return updateAttempt(tx, attempt, { alert: false, nextQueryAt: null });
  }
  const delayMs = nextQueryDelayMs(attempt.status, attempt.queryCount);
  return updateAttempt(tx, attempt, {
    queryCount: attempt.queryCount + 1,
    nextQueryAt: new Date(tx.now.getTime() + delayMs),
  });
}

async function wait(
  tx: Tx,
  order: Order,
  attempt: Attempt,
  status: "requires_action" | "processing" | "unknown",
  outcome: QueryOutcome,
): Promise<Applied> {
  const pending = outcome.kind === "pending" ? outcome : undefined;
  const asked = attempt.status === "created" ? 0 : attempt.queryCount + 1;
  const updated = await updateAttempt(tx, attempt, {
    status,
    ...(pending?.action && { action: { ...pending.action } }),
    ...(pending?.reference && { providerReference: pending.reference }),
    ...(pending?.unmapped && { alert: true }),
    queryCount: asked,
    nextQueryAt: new Date(tx.now.getTime() + nextQueryDelayMs(status, asked)),
  });
  const wanted = status === "requires_action" ? "pending" : "processing";
  const isOpen = order.status === "pending" || order.status === "processing";
  const changed = isOpen && order.status !== wanted ? await updateOrder(tx, order, { status: wanted }) : order;
  return { order: changed, attempt: updated, result: "applied" };
}

async function fail(
  tx: Tx,
  order: Order,
  attempt: Attempt,
  decision: Extract<Decision, { kind: "failed" }>,
): Promise<Applied> {
  const updated = await updateAttempt(tx, attempt, {
    status: "failed",
    declineReason: decision.reason,
    providerCode: decision.providerCode,
    nextQueryAt: null,
  });
  const changed = order.status === "processing" ? await updateOrder(tx, order, { status: "pending" }) : order;
  await emit(tx, "attempt.failed", { objectId: attempt.id, orderId: order.id, data: attemptJson(updated) });
  return { order: changed, attempt: updated, result: "applied" };
}

async function cancel(tx: Tx, order: Order, attempt: Attempt): Promise<Applied> {
  const updated = await updateAttempt(tx, attempt, {
    status: "canceled",
    nextQueryAt: null,
    pendingOperation: null,
    operationAmount: null,
  });
  if (order.status === "processing") {
    return { order: await updateOrder(tx, order, { status: "pending" }), attempt: updated, result: "applied" };
  }
  // A voided or lapsed authorisation ends its order: there is nothing left to capture.
  if (order.status === "authorized" && attempt.status === "authorized" && order.latestAttemptId === attempt.id) {
    return { order: await closeUnpaid(tx, order), attempt: updated, result: "applied" };
  }
  return { order, attempt: updated, result: "applied" };
}

function settled(outcome: Approved) {
  return {
    providerReference: outcome.reference,
    ...(outcome.details && { details: { ...outcome.details } as Record<string, string> }),
    action: null,
    nextQueryAt: null,
    pendingOperation: null,
    operationAmount: null,
  };
}

async function authorize(tx: Tx, order: Order, attempt: Attempt, outcome: Approved): Promise<Applied> {
  const updated = await updateAttempt(tx, attempt, {
    ...settled(outcome),
    status: "authorized",
    succeededAt: outcome.at,
  });
  const changed = await updateOrder(tx, order, { status: "authorized", latestAttemptId: attempt.id });
  await emit(tx, "order.authorized", { objectId: order.id, orderId: order.id, data: orderJson(changed) });
  return { order: changed, attempt: updated, result: "applied" };
}

async function receive(
  tx: Tx,
  order: Order,
  attempt: Attempt,
  outcome: Approved,
  disposition: "order" | "surplus" | "late" | "mismatch",
): Promise<Applied> {
  const { row } = await loadAccount(tx.ctx, attempt.channelAccountId);
  const wanted = percentPlusFixed(outcome.amount.minor, row.feeBps, row.feeFixed);
  const fee = wanted < outcome.amount.minor ? wanted : outcome.amount.minor;
  const isSecond = disposition === "surplus";
  const [updated, changed] = await Promise.all([
    updateAttempt(tx, attempt, {
      ...settled(outcome),
      status: "succeeded",
      disposition,
      amountReceived: outcome.amount.minor,
      fee,
      succeededAt: outcome.at,
    }),
    // A second payment is the merchant's own, beside the order that another one has paid.
    isSecond
      ? order
      : updateOrder(tx, order, {
          status: "paid",
          amountCaptured: outcome.amount.minor,
          latestAttemptId: attempt.id,
          paidAt: outcome.at,
        }),
    post(tx, paymentSucceeded(attempt, outcome.amount, fee)),
  ]);
  if (disposition === "late" || isSecond) {
    await emit(tx, unexpectedEvents[disposition], {
      objectId: order.id,
      orderId: order.id,
      data: { ...orderJson(changed), accepted: true, ...(isSecond && { attempt: attemptJson(updated) }) },
    });
    await noticeOf(tx, order, outcome);
  }
  if (!isSecond) await emit(tx, "order.paid", { objectId: order.id, orderId: order.id, data: orderJson(changed) });
  return { order: changed, attempt: updated, result: "applied" };
}

async function noticeOf(tx: Tx, order: Order, { amount }: Approved): Promise<void> {
  await sendNotice(tx, "unexpected_payment", `/orders/${order.id}`, {
    order: order.merchantOrderNo,
    amount: `${toDecimalString(amount)} ${amount.currency}`,
  });
}

const unexpectedEvents = {
  surplus: "order.surplus_payment",
  late: "order.late_payment",
  mismatch: "order.amount_mismatch",
} as const;

async function giveBack(
  tx: Tx,
  order: Order,
  attempt: Attempt,
  outcome: Approved,
  disposition: "order" | "surplus" | "late" | "mismatch",
): Promise<Applied> {
  if (disposition === "order") throw new Error("an expected payment is not given back");
  const updated = await updateAttempt(tx, attempt, {
    ...settled(outcome),
    status: "succeeded",
    disposition,
    amountReceived: outcome.amount.minor,
    succeededAt: outcome.at,
  });
  await post(tx, unexpectedPayment(attempt, outcome.amount));
  const data = { ...orderJson(order), accepted: false, attempt: attemptJson(updated) };
  await emit(tx, unexpectedEvents[disposition], { objectId: order.id, orderId: order.id, data });
  await returnPayment(tx, updated, outcome.amount, disposition);
  await noticeOf(tx, order, outcome);
  const changed = disposition === "mismatch" ? await withoutPayment(tx, order, attempt) : order;
  return { order: changed, attempt: updated, result: "mismatch" };
}

/** An order whose payment was of a wrong amount waits for another one; a capture has used its authorisation up and ends it. */
async function withoutPayment(tx: Tx, order: Order, attempt: Attempt): Promise<Order> {
  if (order.status === "processing") return updateOrder(tx, order, { status: "pending" });
  if (order.status !== "authorized" || order.latestAttemptId !== attempt.id) return order;
  return closeUnpaid(tx, order);
}

async function closeUnpaid(tx: Tx, order: Order): Promise<Order> {
  const closed = await updateOrder(tx, order, { status: "closed", closedAt: tx.now });
  await emit(tx, "order.closed", { objectId: order.id, orderId: order.id, data: orderJson(closed) });
  return closed;
}

import type { z } from "zod";
import type { Money } from "#lib/kernel/money";
import type { CloseOutcome, PayOutcome, QueryOutcome, RefundOutcome, RefundRequest, Unknown } from "../channel.ts";
import type { AlipayAnswer } from "./client.ts";
import { type Refused, refundRefusalOf, refusalOf } from "./refusals.ts";
import { refund, refundQuery, type Trade, type TradeNotification, trade } from "./wire.ts";

type Failed = Exclude<AlipayAnswer, { kind: "ok" }>;

/** What a call that makes a trade answered, or the outcome that it ended with instead. */
export function creationOutcome<T extends { out_trade_no: string }>(
  answer: AlipayAnswer,
  schema: z.ZodType<T>,
  reference: string,
): { readonly kind: "created"; readonly body: T } | PayOutcome {
  if (answer.kind !== "ok") return payFailure(answer);
  const body = schema.safeParse(answer.body);
  if (!body.success || body.data.out_trade_no !== reference) return unknown("answer to a creation is not readable");
  return { kind: "created", body: body.data };
}

function payFailure(answer: Failed): PayOutcome {
  switch (answer.kind) {
    case "not_sent":
      return { kind: "declined", reason: "provider_error", providerCode: "NOT_SENT" };
    case "lost":
      return unknown(answer.cause);
    case "refused":
      return payRefusal(answer);
  }
}

function payRefusal(refused: Refused): PayOutcome {
  const providerCode = codeOf(refused);
  const refusal = refusalOf(refused);
  switch (refusal) {
    case "unknown":
      return unknown(providerCode);
    case "awaiting_shopper":
      return { kind: "pending" };
    case "not_executed":
      return { kind: "declined", reason: "provider_error", providerCode };
    // A code that we have not met: no trade was made, and there is nothing that the shopper could pay.
    case "not_found":
    case undefined:
      return { kind: "declined", reason: "rejected_by_provider", providerCode };
    default:
      return { kind: "declined", reason: refusal, providerCode };
  }
}

/** @param reference ours; an answer about another trade is not believed */
export function queryOutcome(answer: AlipayAnswer, reference: string, now: Date): QueryOutcome {
  if (answer.kind === "ok") {
    const body = trade.safeParse(answer.body);
    if (!body.success || body.data.out_trade_no !== reference) return unknown("answer to a query is not readable");
    return tradeOutcome(body.data, body.data.send_pay_date, now);
  }
  if (answer.kind !== "refused") return unknown(answer.cause);
  // Also a trade whose code nobody has scanned yet: Alipay makes it when the shopper opens it (channels.md §1.5).
  if (refusalOf(answer) === "not_found") return { kind: "absent" };
  return unknown(codeOf(answer));
}

/**
 * Every trade_status of channels.md §1.5.
 *
 * @param paidAt when it was paid; what tells a trade closed after its refund from one that was never paid
 * @param now the time of payment where Alipay leaves it out
 */
export function tradeOutcome(body: Omit<Trade, "send_pay_date">, paidAt: Date | undefined, now: Date): QueryOutcome {
  switch (body.trade_status) {
    case "WAIT_BUYER_PAY":
      return { kind: "pending", reference: body.trade_no };
    case "TRADE_SUCCESS":
    case "TRADE_FINISHED":
      return approved(body, paidAt ?? now);
    case "TRADE_CLOSED":
      return paidAt ? approved(body, paidAt) : { kind: "closed" };
    default:
      return { kind: "pending", reference: body.trade_no, unmapped: body.trade_status };
  }
}

function approved(body: Omit<Trade, "send_pay_date">, at: Date): QueryOutcome {
  const details = body.buyer_logon_id === undefined ? {} : { payer: body.buyer_logon_id };
  return { kind: "approved", reference: body.trade_no, amount: body.total_amount, at, captured: true, details };
}

/** `query` stands for a refusal to close that only a look at the trade's state explains. */
export function closeOutcome(answer: AlipayAnswer): CloseOutcome | { readonly kind: "query" } {
  if (answer.kind === "ok") return { kind: "closed" };
  if (answer.kind !== "refused") return unknown(answer.cause);
  const subCode = answer.subCode ?? "";
  if (/\.(TRADE_STATUS_ERROR|REASON_TRADE_STATUS_INVALID|TRADE_HAS_SUCCESS|TRADE_HAS_FINISHED)$/.test(subCode)) {
    return { kind: "query" };
  }
  const refusal = refusalOf(answer);
  // Not opened by anybody so far. Its own time_expire ends it; a payment until then is a late success.
  if (refusal === "not_found" || refusal === "expired") return { kind: "closed" };
  return unknown(codeOf(answer));
}

/** What a query after a refused close says about it. */
export function closedAfterQuery(outcome: QueryOutcome): CloseOutcome {
  switch (outcome.kind) {
    case "approved":
      return { kind: "paid" };
    case "closed":
    case "absent":
      return { kind: "closed" };
    case "unknown":
      return outcome;
    case "pending":
    case "declined":
      return unknown("trade can't be closed in its present state");
  }
}

/** `query` stands for an accepted refund that this call did not carry out itself: done before, or still on its way. */
export function refundOutcome(
  answer: AlipayAnswer,
  request: RefundRequest,
  now: Date,
): RefundOutcome | { readonly kind: "query" } {
  switch (answer.kind) {
    case "ok": {
      const body = refund.safeParse(answer.body);
      if (!body.success || body.data.out_trade_no !== request.reference)
        return unknown("answer to a refund is not readable");
      if (body.data.fund_change !== "Y") return { kind: "query" };
      return succeeded(request, request.refundAmount, body.data.gmt_refund_pay ?? now);
    }
    case "not_sent":
      return { kind: "failed", providerCode: "NOT_SENT", retryable: true };
    case "lost":
      return unknown(answer.cause);
    case "refused":
      return refundRefusal(answer);
  }
}

function refundRefusal(refused: Refused): RefundOutcome {
  const refusal = refundRefusalOf(refused);
  switch (refusal) {
    case "retryable":
    case "final":
      return { kind: "failed", providerCode: codeOf(refused), retryable: refusal === "retryable" };
    case "unknown":
    // Giving the money back to the merchant on a code that we have not met could pay it out twice.
    case undefined:
      return unknown(codeOf(refused));
  }
}

/**
 * Without refund_status the refund was not carried out; Alipay asks to send it again with the same out_request_no
 * (documentation of alipay.trade.fastpay.refund.query).
 */
export function refundQueryOutcome(answer: AlipayAnswer, request: RefundRequest, now: Date): RefundOutcome {
  if (answer.kind === "refused") {
    const isThere = refusalOf(answer) !== "not_found";
    return isThere ? unknown(codeOf(answer)) : { kind: "failed", providerCode: codeOf(answer), retryable: false };
  }
  if (answer.kind !== "ok") return unknown(answer.cause);
  const body = refundQuery.safeParse(answer.body);
  if (!body.success) return unknown("answer to a refund query is not readable");
  const {
    refund_status: status,
    out_request_no: answered = request.refundReference,
    refund_amount: amount,
  } = body.data;
  if (answered !== request.refundReference) return unknown("answer is about another refund");
  switch (status) {
    case "REFUND_SUCCESS":
      return amount
        ? succeeded(request, amount, body.data.gmt_refund_pay ?? now)
        : unknown("refund without its amount");
    case undefined:
    case "":
      return { kind: "failed", providerCode: "REFUND_NOT_EXECUTED", retryable: true };
    default:
      return { kind: "pending", reference: request.refundReference, unmapped: status };
  }
}

/** After `fund_change: N` a refund that is not there yet is on its way. */
export function refundAfterQuery(outcome: RefundOutcome, request: RefundRequest): RefundOutcome {
  return outcome.kind === "failed" ? { kind: "pending", reference: request.refundReference } : outcome;
}

/** Alipay has no number of its own for a refund: it goes by the trade's and our out_request_no. */
function succeeded(request: RefundRequest, amount: Money, at: Date): RefundOutcome {
  return { kind: "succeeded", reference: request.refundReference, amount, at };
}

/** Refunds on a trade repeat its payment's notification with these fields (channels.md §1.6). */
export function isAboutRefund(body: TradeNotification): boolean {
  return (
    Boolean(body.out_biz_no) ||
    body.gmt_refund !== undefined ||
    (body.refund_fee !== undefined && body.refund_fee.minor > 0n)
  );
}

function codeOf({ code, subCode }: Refused): string {
  return subCode ?? code;
}

function unknown(cause: string): Unknown {
  return { kind: "unknown", cause };
}

import { isCurrencyCode } from "#lib/kernel/currency";
import { type Money, money } from "#lib/kernel/money";
import type { CloseOutcome, Declined, PayOutcome, QueryOutcome, RefundOutcome, Unknown } from "../channel.ts";
import type { WechatpayAnswer } from "./client.ts";
import { type Refusal, refusalOf } from "./refusals.ts";
import {
  type CreatedTransaction,
  createdTransaction,
  type Refund,
  type RefundResource,
  refund,
  type Transaction,
  transaction,
} from "./wire.ts";

type Refused = Extract<WechatpayAnswer, { kind: "refused" }>;
type Failed = Exclude<WechatpayAnswer, { kind: "ok" }>;

/** A transaction was made and waits for the shopper, or the outcome that the call ended with instead. */
export function creationOutcome(
  answer: WechatpayAnswer,
): { readonly kind: "created"; readonly body: CreatedTransaction } | PayOutcome {
  if (answer.kind !== "ok") return payFailure(answer);
  const body = createdTransaction.safeParse(answer.body);
  return body.success ? { kind: "created", body: body.data } : unknown("answer to a creation is not readable");
}

function payFailure(answer: Failed): PayOutcome {
  switch (answer.kind) {
    case "not_sent":
      return { kind: "declined", reason: "provider_error", providerCode: "NOT_SENT" };
    case "lost":
      return unknown(answer.cause);
    case "refused":
      return payRefusal(answer, refusalOf(answer.status, answer.code));
  }
}

function payRefusal(answer: Refused, refusal: Refusal | undefined): PayOutcome {
  switch (refusal) {
    case "outcome_unknown":
    // An earlier call with this reference came through: only a query can tell how it ended.
    case "already_paid":
    case "reference_in_use":
      return unknown(answer.code);
    case "awaiting_shopper":
      return { kind: "pending" };
    case "not_executed":
      return declined("provider_error", answer.code);
    case "insufficient_funds":
      return declined("insufficient_funds", answer.code);
    case "closed":
      return declined("expired", answer.code);
    case "not_found":
    case "misconfigured":
      return declined("method_unavailable", answer.code);
    case "shopper_refused":
    case "invalid_request":
    // A code that we have not met: the transaction was refused, and there is nothing that the shopper could pay.
    case undefined:
      return declined("rejected_by_provider", answer.code);
  }
}

/** @param reference ours; an answer about another transaction is not believed */
export function queryOutcome(answer: WechatpayAnswer, reference: string): QueryOutcome {
  if (answer.kind === "ok") {
    const body = transaction.safeParse(answer.body);
    if (!body.success || body.data.out_trade_no !== reference) return unknown("answer to a query is not readable");
    return transactionOutcome(body.data);
  }
  if (answer.kind !== "refused") return unknown(answer.cause);
  const refusal = refusalOf(answer.status, answer.code);
  if (refusal === "not_found") return { kind: "absent" };
  if (refusal === "closed") return { kind: "closed" };
  return unknown(answer.code);
}

/** Every trade_state of channels.md §2.6. */
export function transactionOutcome(body: Transaction): QueryOutcome {
  switch (body.trade_state) {
    case "SUCCESS":
    // A refund has been asked for; the payment itself stands, and refunds are tracked on their own.
    case "REFUND":
      return approvedOutcome(body);
    case "NOTPAY":
    case "USERPAYING":
    case "ACCEPT":
    // Final for code pay only; on the flows that we offer, the shopper may try again under the same reference.
    case "PAYERROR":
      return { kind: "pending", reference: body.transaction_id };
    case "CLOSED":
    case "REVOKED":
      return { kind: "closed" };
    default:
      return { kind: "pending", reference: body.transaction_id, unmapped: body.trade_state };
  }
}

function approvedOutcome(body: Transaction): QueryOutcome {
  const amount = body.amount && amountOf(body.amount.total, body.amount.currency);
  if (!amount || !body.transaction_id || !body.success_time)
    return unknown(`${body.trade_state} without amount, time or id`);
  return {
    kind: "approved",
    reference: body.transaction_id,
    amount,
    at: body.success_time,
    captured: true,
    details: { brand: body.bank_type, payer: body.payer?.openid },
  };
}

export function closeOutcome(answer: WechatpayAnswer): CloseOutcome {
  if (answer.kind === "ok") return { kind: "closed" };
  if (answer.kind !== "refused") return unknown(answer.cause);
  const refusal = refusalOf(answer.status, answer.code);
  if (refusal === "already_paid") return { kind: "paid" };
  // A transaction that was never made has no code or page that anybody could pay by.
  if (refusal === "closed" || refusal === "not_found") return { kind: "closed" };
  return unknown(answer.code);
}

export function refundOutcome(answer: WechatpayAnswer): RefundOutcome {
  switch (answer.kind) {
    case "ok":
      return readRefund(answer.body);
    case "not_sent":
      return { kind: "failed", providerCode: "NOT_SENT", retryable: true };
    case "lost":
      return unknown(answer.cause);
    case "refused":
      return refundRefusal(answer, refusalOf(answer.status, answer.code));
  }
}

function refundRefusal(answer: Refused, refusal: Refusal | undefined): RefundOutcome {
  switch (refusal) {
    case "not_executed":
    // The merchant's balance is short; the same out_refund_no works once it is filled up (channels.md §2.6).
    case "insufficient_funds":
      return { kind: "failed", providerCode: answer.code, retryable: true };
    case "not_found":
    case "shopper_refused":
    case "closed":
    case "invalid_request":
    case "misconfigured":
      return { kind: "failed", providerCode: answer.code, retryable: false };
    case "outcome_unknown":
    case "awaiting_shopper":
    case "already_paid":
    case "reference_in_use":
    // Giving the money back to the merchant on a code that we have not met could pay it out twice.
    case undefined:
      return unknown(answer.code);
  }
}

export function refundQueryOutcome(answer: WechatpayAnswer): RefundOutcome {
  if (answer.kind === "ok") return readRefund(answer.body);
  if (answer.kind !== "refused") return unknown(answer.cause);
  // The refund never arrived: sending it again with its out_refund_no is safe.
  if (refusalOf(answer.status, answer.code) === "not_found")
    return { kind: "failed", providerCode: answer.code, retryable: true };
  return unknown(answer.code);
}

function readRefund(body: unknown): RefundOutcome {
  const parsed = refund.safeParse(body);
  return parsed.success ? refundStatusOutcome(parsed.data) : unknown("answer to a refund is not readable");
}

/** Every status of channels.md §2.6. */
export function refundStatusOutcome(body: Refund): RefundOutcome {
  switch (body.status) {
    case "SUCCESS": {
      const amount = amountOf(body.amount.refund, body.amount.currency);
      const at = body.success_time ?? body.create_time;
      if (!amount || !at) return unknown("successful refund without amount or time");
      return { kind: "succeeded", reference: body.refund_id, amount, at };
    }
    case "PROCESSING":
      return { kind: "pending", reference: body.refund_id };
    // ABNORMAL: the shopper's account takes nothing back; a person has to pay it out another way.
    case "ABNORMAL":
    case "CLOSED":
      return { kind: "failed", providerCode: body.status, retryable: false };
    default:
      return { kind: "pending", reference: body.refund_id, unmapped: body.status };
  }
}

export function refundResourceOutcome(resource: RefundResource): RefundOutcome {
  const { refund_status: status, ...rest } = resource;
  return refundStatusOutcome({ ...rest, status, amount: { refund: resource.amount.refund, currency: "CNY" } });
}

function amountOf(fen: number, currency: string): Money | undefined {
  return isCurrencyCode(currency) ? money(BigInt(fen), currency) : undefined;
}

function declined(reason: Declined["reason"], providerCode: string): Declined {
  return { kind: "declined", reason, providerCode };
}

function unknown(cause: string): Unknown {
  return { kind: "unknown", cause };
}

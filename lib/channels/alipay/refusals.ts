import type { DeclineReason } from "../channel.ts";

/**
 * What a refusal tells us. `unknown`: the provider does not know either, or an earlier call with our reference came
 * through, so query. `not_executed`: throttled, certainly not carried out. A decline reason: final for this attempt.
 */
export type Refusal = "unknown" | "not_executed" | "not_found" | "awaiting_shopper" | DeclineReason;

/** channels.md §1.8, without the ACQ. that nearly all begin with. */
const bySubCode: Readonly<Record<string, Refusal>> = {
  SYSTEM_ERROR: "unknown",
  PAYMENT_UNKNOWN: "unknown",
  DISCORDANT_REPEAT_REQUEST: "unknown",
  TRADE_HAS_SUCCESS: "unknown",
  TRADE_HAS_FINISHED: "unknown",
  CONTEXT_INCONSISTENT: "unknown",
  TRADE_STATUS_ERROR: "unknown",
  REASON_TRADE_STATUS_INVALID: "unknown",
  REASON_TRADE_BEEN_FREEZEN: "unknown",
  CANCEL_NOT_ALLOWED: "unknown",
  TRADE_CANCEL_TIME_OUT: "unknown",
  TRADE_NOT_EXIST: "not_found",
  TRADE_HAS_CLOSE: "expired",
  TRADE_BUYER_NOT_MATCH: "rejected_by_provider",
  BUYER_BALANCE_NOT_ENOUGH: "insufficient_funds",
  BUYER_BANKCARD_BALANCE_NOT_ENOUGH: "insufficient_funds",
  PAYMENT_AUTH_CODE_INVALID: "authentication_failed",
  PAYMENT_FAIL: "rejected_by_provider",
  PAYMENT_REQUEST_HAS_RISK: "suspected_fraud",
  PULL_MOBILE_CASHIER_FAIL: "provider_error",
  ERROR_BALANCE_PAYMENT_DISABLE: "rejected_by_provider",
  BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR: "limit_exceeded",
  BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR: "limit_exceeded",
  BUYER_SELLER_EQUAL: "rejected_by_provider",
  NO_PAYMENT_INSTRUMENTS_AVAILABLE: "method_unavailable",
  USER_FACE_PAYMENT_SWITCH_OFF: "method_unavailable",
  NOT_CERTIFIED_USER: "authentication_failed",
  INVALID_PARAMETER: "rejected_by_provider",
  ACCESS_FORBIDDEN: "method_unavailable",
  PARTNER_ERROR: "method_unavailable",
  TOTAL_FEE_EXCEED: "limit_exceeded",
  SELLER_BEEN_BLOCKED: "method_unavailable",
  MERCHANT_AGREEMENT_NOT_EXIST: "method_unavailable",
  EXIST_FORBIDDEN_WORD: "rejected_by_provider",
  AGREEMENT_NOT_EXIST: "rejected_by_provider",
  AGREEMENT_INVALID: "rejected_by_provider",
  AGREEMENT_STATUS_NOT_NORMAL: "rejected_by_provider",
  CYCLE_PAY_DATE_NOT_MATCH: "rejected_by_provider",
  CYCLE_PAY_SINGLE_FEE_EXCEED: "limit_exceeded",
  CYCLE_PAY_TOTAL_FEE_EXCEED: "limit_exceeded",
  CYCLE_PAY_TOTAL_TIMES_EXCEED: "limit_exceeded",
  AUTH_AMOUNT_NOT_ENOUGH: "insufficient_funds",
  AUTH_NO_ERROR: "rejected_by_provider",
  AUTH_ORDER_HAS_CLOSED: "rejected_by_provider",
  AUTH_ORDER_HAS_FINISHED: "rejected_by_provider",
  PRE_AUTH_PROD_CODE_INCONSISTENT: "rejected_by_provider",
  REQUEST_AMOUNT_EXCEED: "limit_exceeded",
  ROYALTY_ACCOUNT_NOT_EXIST: "rejected_by_provider",
  ALLOC_AMOUNT_VALIDATE_ERROR: "rejected_by_provider",
  TRADE_SETTLE_ERROR: "rejected_by_provider",
};

/** What a refund's refusal tells us: whether nothing happened for sure, and whether the same request may work later. */
export type RefundRefusal = "unknown" | "retryable" | "final";

const refundBySubCode: Readonly<Record<string, RefundRefusal>> = {
  SYSTEM_ERROR: "unknown",
  // An earlier refund with the same out_request_no and other data: only a query tells what became of it.
  DISCORDANT_REPEAT_REQUEST: "unknown",
  SELLER_BALANCE_NOT_ENOUGH: "retryable",
  REFUND_CHARGE_ERROR: "retryable",
  REFUND_AMT_NOT_EQUAL_TOTAL: "final",
  REASON_TRADE_REFUND_FEE_ERR: "final",
  TRADE_NOT_ALLOW_REFUND: "final",
  TRADE_HAS_FINISHED: "final",
  TRADE_HAS_CLOSE: "final",
  TRADE_NOT_EXIST: "final",
  TRADE_STATUS_ERROR: "final",
  REASON_TRADE_STATUS_INVALID: "final",
  REASON_TRADE_BEEN_FREEZEN: "final",
  INVALID_PARAMETER: "final",
  ACCESS_FORBIDDEN: "final",
  PARTNER_ERROR: "final",
  SELLER_BEEN_BLOCKED: "final",
  MERCHANT_AGREEMENT_NOT_EXIST: "final",
};

export interface Refused {
  readonly code: string;
  readonly subCode: string | undefined;
}

/** Refusals of the gateway itself, before any trade is looked at. Undefined for those that the sub_code decides. */
function gatewayRefusal({ code, subCode }: Refused): "unknown" | "not_executed" | "misconfigured" | undefined {
  if (code === "40005" || isThrottle(subCode)) return "not_executed";
  if (code === "20000") return "unknown";
  if (code === "20001" || code === "40001" || code === "40002" || code === "40006") return "misconfigured";
  if (subCode?.startsWith("isv.")) return "misconfigured";
  return undefined;
}

function isThrottle(subCode: string | undefined): boolean {
  return subCode !== undefined && /^(?:aop\.(?!acq\.).*limit|isv\.app-call-limited|isp\..*limit)/i.test(subCode);
}

/** `aop.ACQ.SYSTEM_ERROR` and the misspelt `AQC.SYSTEM_ERROR` exist beside `ACQ.SYSTEM_ERROR`. */
function plain(subCode: string | undefined): string {
  return (subCode ?? "").replace(/^(?:aop\.)?(?:ACQ|AQC)\./i, "").toUpperCase();
}

/** Undefined for a code that is not in the tables. */
export function refusalOf(refused: Refused): Refusal | undefined {
  if (refused.code === "10003") return "awaiting_shopper";
  const gateway = gatewayRefusal(refused);
  return gateway === "misconfigured" ? "method_unavailable" : (gateway ?? bySubCode[plain(refused.subCode)]);
}

/** Undefined for a code that is not in the tables. */
export function refundRefusalOf(refused: Refused): RefundRefusal | undefined {
  switch (gatewayRefusal(refused)) {
    case "not_executed":
      return "retryable";
    case "unknown":
      return "unknown";
    case "misconfigured":
      return "final";
    case undefined:
      return refundBySubCode[plain(refused.subCode)];
  }
}

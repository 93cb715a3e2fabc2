import { describe, expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import type { RefundRequest } from "../channel.ts";
import type { AlipayAnswer } from "./client.ts";
import { now, reference, refundReference } from "./fixtures/account.ts";
import refunded from "./fixtures/refund-done.json" with { type: "json" };
import refundFound from "./fixtures/refund-query-done.json" with { type: "json" };
import paid from "./fixtures/trade-success.json" with { type: "json" };
import waiting from "./fixtures/trade-waiting.json" with { type: "json" };
import {
  closedAfterQuery,
  closeOutcome,
  creationOutcome,
  queryOutcome,
  refundAfterQuery,
  refundOutcome,
  refundQueryOutcome,
} from "./mapper.ts";
import { precreated } from "./wire.ts";

const ok = (body: unknown): AlipayAnswer => ({ kind: "ok", body });
const business = (subCode: string): AlipayAnswer => ({ kind: "refused", code: "40004", subCode });
const gateway = (code: string, subCode?: string): AlipayAnswer => ({ kind: "refused", code, subCode });
const lost: AlipayAnswer = { kind: "lost", cause: "TimeoutError" };
const notSent: AlipayAnswer = { kind: "not_sent", cause: "ECONNREFUSED" };

const refund: RefundRequest = {
  reference,
  refundReference,
  amount: money(8800n, "CNY"),
  refundAmount: money(3000n, "CNY"),
  notifyUrl: "https://pay.example.com/notify/ca_1",
};

describe("query", () => {
  it("reads a paid trade field by field", () => {
    expect(queryOutcome(ok(paid), reference, now)).toEqual({
      kind: "approved",
      reference: "2026112022001404461000123456",
      amount: { minor: 8800n, currency: "CNY" },
      at: new Date("2026-11-20T10:34:56Z"),
      captured: true,
      details: { payer: "159****5620" },
    });
  });

  it("reads a trade that the shopper has opened as pending", () => {
    expect(queryOutcome(ok(waiting), reference, now)).toEqual({
      kind: "pending",
      reference: "2026112022001404461000123456",
    });
  });

  it.each([
    ["TRADE_SUCCESS", "approved", "approved"],
    ["TRADE_FINISHED", "approved", "approved"],
    ["TRADE_CLOSED", "approved", "closed"],
    ["WAIT_BUYER_PAY", "pending", "pending"],
  ])("maps %s to %s with a time of payment, to %s without", (status, withTime, without) => {
    expect(queryOutcome(ok({ ...paid, trade_status: status }), reference, now).kind).toBe(withTime);
    expect(queryOutcome(ok({ ...paid, trade_status: status, send_pay_date: undefined }), reference, now).kind).toBe(
      without,
    );
  });

  it("keeps a status that we have not met pending, and shows it", () => {
    expect(queryOutcome(ok({ ...paid, trade_status: "TRADE_PENDING" }), reference, now)).toEqual({
      kind: "pending",
      reference: "2026112022001404461000123456",
      unmapped: "TRADE_PENDING",
    });
  });

  it.each([
    ["without an amount", { ...paid, total_amount: undefined }],
    ["with an amount finer than a fen", { ...paid, total_amount: "88.001" }],
    ["with an amount that is a JSON number", { ...paid, total_amount: 88 }],
    ["without a trade number", { ...paid, trade_no: undefined }],
    ["with a time in another form", { ...paid, send_pay_date: "20/11/2026" }],
    ["of another reference", { ...paid, out_trade_no: "att_other" }],
    ["that is no object", "TRADE_SUCCESS"],
  ])("does not believe a trade %s", (_, body) => {
    expect(queryOutcome(ok(body), reference, now).kind).toBe("unknown");
  });

  it("knows a trade that does not exist (yet) from an answer that says nothing", () => {
    expect(queryOutcome(business("ACQ.TRADE_NOT_EXIST"), reference, now)).toEqual({ kind: "absent" });
    expect(queryOutcome(business("ACQ.SYSTEM_ERROR"), reference, now).kind).toBe("unknown");
    expect(queryOutcome(gateway("40002", "isv.invalid-signature"), reference, now).kind).toBe("unknown");
    expect(queryOutcome(gateway("40005"), reference, now).kind).toBe("unknown");
    expect(queryOutcome(lost, reference, now)).toEqual({ kind: "unknown", cause: "TimeoutError" });
    expect(queryOutcome(notSent, reference, now).kind).toBe("unknown");
  });
});

describe("creation", () => {
  const create = (answer: AlipayAnswer) => creationOutcome(answer, precreated, reference);

  it("hands on what the shopper pays by, and nothing about another trade", () => {
    const body = { out_trade_no: reference, qr_code: "https://qr.alipay.com/bax03206ug0kulveltqc80a8" };
    expect(create(ok({ code: "10000", ...body }))).toEqual({ kind: "created", body });
    expect(create(ok({ ...body, out_trade_no: "att_other" })).kind).toBe("unknown");
    expect(create(ok({ out_trade_no: reference })).kind).toBe("unknown");
  });

  it("knows that a call that never left did nothing, and that a lost one may have", () => {
    expect(create(notSent)).toEqual({ kind: "declined", reason: "provider_error", providerCode: "NOT_SENT" });
    expect(create(lost)).toEqual({ kind: "unknown", cause: "TimeoutError" });
  });

  it.each([
    ["ACQ.SYSTEM_ERROR", "unknown"],
    ["AQC.SYSTEM_ERROR", "unknown"],
    ["aop.ACQ.SYSTEM_ERROR", "unknown"],
    ["PAYMENT_UNKNOWN", "unknown"],
    ["ACQ.TRADE_HAS_SUCCESS", "unknown"],
    ["ACQ.TRADE_HAS_FINISHED", "unknown"],
    ["ACQ.CONTEXT_INCONSISTENT", "unknown"],
    ["ACQ.TRADE_STATUS_ERROR", "unknown"],
    ["aop.invoking.api.limit", "provider_error"],
    ["isv.app-call-limited", "provider_error"],
    ["ACQ.TRADE_HAS_CLOSE", "expired"],
    ["ACQ.TRADE_BUYER_NOT_MATCH", "rejected_by_provider"],
    ["ACQ.BUYER_BALANCE_NOT_ENOUGH", "insufficient_funds"],
    ["ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH", "insufficient_funds"],
    ["ACQ.PAYMENT_AUTH_CODE_INVALID", "authentication_failed"],
    ["ACQ.PAYMENT_FAIL", "rejected_by_provider"],
    ["ACQ.PAYMENT_REQUEST_HAS_RISK", "suspected_fraud"],
    ["ACQ.PULL_MOBILE_CASHIER_FAIL", "provider_error"],
    ["ACQ.ERROR_BALANCE_PAYMENT_DISABLE", "rejected_by_provider"],
    ["ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", "limit_exceeded"],
    ["ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR", "limit_exceeded"],
    ["ACQ.BUYER_SELLER_EQUAL", "rejected_by_provider"],
    ["ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE", "method_unavailable"],
    ["ACQ.USER_FACE_PAYMENT_SWITCH_OFF", "method_unavailable"],
    ["ACQ.NOT_CERTIFIED_USER", "authentication_failed"],
    ["ACQ.INVALID_PARAMETER", "rejected_by_provider"],
    ["ACQ.ACCESS_FORBIDDEN", "method_unavailable"],
    ["ACQ.PARTNER_ERROR", "method_unavailable"],
    ["ACQ.TOTAL_FEE_EXCEED", "limit_exceeded"],
    ["ACQ.SELLER_BEEN_BLOCKED", "method_unavailable"],
    ["ACQ.MERCHANT_AGREEMENT_NOT_EXIST", "method_unavailable"],
    ["ACQ.EXIST_FORBIDDEN_WORD", "rejected_by_provider"],
    ["ACQ.NEVER_SEEN", "rejected_by_provider"],
  ])("maps %s to %s", (subCode, expected) => {
    const outcome = create(business(subCode));
    expect(outcome).toMatchObject(
      expected === "unknown" ? { kind: "unknown" } : { kind: "declined", reason: expected, providerCode: subCode },
    );
  });

  it.each([
    ["10003", undefined, { kind: "pending" }],
    ["20000", "isp.unknow-error", { kind: "unknown" }],
    ["20001", "aop.invalid-auth-token", { kind: "declined", reason: "method_unavailable" }],
    ["40001", "isv.missing-signature", { kind: "declined", reason: "method_unavailable" }],
    ["40002", "isv.invalid-signature", { kind: "declined", reason: "method_unavailable" }],
    ["40005", "aop.invoking-limit", { kind: "declined", reason: "provider_error" }],
    ["40006", "isv.insufficient-isv-permissions", { kind: "declined", reason: "method_unavailable" }],
  ])("maps the gateway's %s %s", (code, subCode, outcome) => {
    expect(create(gateway(code, subCode))).toMatchObject(outcome);
  });
});

describe("close", () => {
  it.each([
    [ok({ code: "10000", trade_no: "1" }), "closed"],
    // Nobody has scanned it, so there is no trade to close.
    [business("ACQ.TRADE_NOT_EXIST"), "closed"],
    [business("ACQ.TRADE_HAS_CLOSE"), "closed"],
    [business("ACQ.TRADE_STATUS_ERROR"), "query"],
    [business("ACQ.REASON_TRADE_STATUS_INVALID"), "query"],
    [business("ACQ.TRADE_HAS_SUCCESS"), "query"],
    [business("ACQ.SYSTEM_ERROR"), "unknown"],
    [business("ACQ.NEVER_SEEN"), "unknown"],
    [gateway("20000"), "unknown"],
    [lost, "unknown"],
    [notSent, "unknown"],
  ])("maps %o to %s", (answer, kind) => {
    expect(closeOutcome(answer).kind).toBe(kind);
  });

  it("learns from a query what a refusal to close meant", () => {
    expect(closedAfterQuery(queryOutcome(ok(paid), reference, now))).toEqual({ kind: "paid" });
    const closed = { ...waiting, trade_status: "TRADE_CLOSED" };
    expect(closedAfterQuery(queryOutcome(ok(closed), reference, now))).toEqual({ kind: "closed" });
    expect(closedAfterQuery(queryOutcome(ok(waiting), reference, now)).kind).toBe("unknown");
    expect(closedAfterQuery({ kind: "unknown", cause: "TimeoutError" })).toEqual({
      kind: "unknown",
      cause: "TimeoutError",
    });
  });
});

describe("refund", () => {
  it("reads a refund carried out, with its own amount and not the cumulative refund_fee", () => {
    expect(refundOutcome(ok(refunded), refund, now)).toEqual({
      kind: "succeeded",
      reference: refundReference,
      amount: { minor: 3000n, currency: "CNY" },
      at: new Date("2026-11-21T01:00:07Z"),
    });
  });

  it("asks again when the call moved no money: done before, or on its way", () => {
    expect(refundOutcome(ok({ ...refunded, fund_change: "N" }), refund, now)).toEqual({ kind: "query" });
    expect(refundOutcome(ok({ ...refunded, fund_change: undefined }), refund, now)).toEqual({ kind: "query" });
    const notYet = refundQueryOutcome(ok({ code: "10000" }), refund, now);
    expect(refundAfterQuery(notYet, refund)).toEqual({ kind: "pending", reference: refundReference });
    const done = refundQueryOutcome(ok(refundFound), refund, now);
    expect(refundAfterQuery(done, refund)).toBe(done);
  });

  it.each([
    ["ACQ.SELLER_BALANCE_NOT_ENOUGH", { kind: "failed", retryable: true }],
    ["ACQ.REFUND_CHARGE_ERROR", { kind: "failed", retryable: true }],
    ["ACQ.REASON_TRADE_REFUND_FEE_ERR", { kind: "failed", retryable: false }],
    ["ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", { kind: "failed", retryable: false }],
    ["ACQ.TRADE_NOT_ALLOW_REFUND", { kind: "failed", retryable: false }],
    ["ACQ.TRADE_HAS_FINISHED", { kind: "failed", retryable: false }],
    ["ACQ.TRADE_NOT_EXIST", { kind: "failed", retryable: false }],
    ["ACQ.TRADE_STATUS_ERROR", { kind: "failed", retryable: false }],
    ["ACQ.REASON_TRADE_BEEN_FREEZEN", { kind: "failed", retryable: false }],
    ["ACQ.INVALID_PARAMETER", { kind: "failed", retryable: false }],
    ["ACQ.SYSTEM_ERROR", { kind: "unknown" }],
    ["AQC.SYSTEM_ERROR", { kind: "unknown" }],
    ["aop.ACQ.SYSTEM_ERROR", { kind: "unknown" }],
    ["ACQ.DISCORDANT_REPEAT_REQUEST", { kind: "unknown" }],
    ["ACQ.NEVER_SEEN", { kind: "unknown" }],
  ])("maps %s", (subCode, outcome) => {
    expect(refundOutcome(business(subCode), refund, now)).toMatchObject(outcome);
  });

  it.each([
    ["20000", undefined, { kind: "unknown", cause: "20000" }],
    ["40005", undefined, { kind: "failed", providerCode: "40005", retryable: true }],
    ["40002", "isv.invalid-signature", { kind: "failed", providerCode: "isv.invalid-signature", retryable: false }],
    ["40006", "isv.insufficient-isv-permissions", { kind: "failed", retryable: false }],
  ])("maps the gateway's %s %s", (code, subCode, outcome) => {
    expect(refundOutcome(gateway(code, subCode), refund, now)).toMatchObject(outcome);
  });

  it("may be sent again when it never left, and must be queried when it was lost", () => {
    expect(refundOutcome(notSent, refund, now)).toEqual({ kind: "failed", providerCode: "NOT_SENT", retryable: true });
    expect(refundOutcome(lost, refund, now).kind).toBe("unknown");
    expect(refundOutcome(ok({ ...refunded, out_trade_no: "att_other" }), refund, now).kind).toBe("unknown");
  });
});

describe("refund query", () => {
  it("reads a refund found, field by field", () => {
    expect(refundQueryOutcome(ok(refundFound), refund, now)).toEqual({
      kind: "succeeded",
      reference: refundReference,
      amount: { minor: 3000n, currency: "CNY" },
      at: new Date("2026-11-21T01:00:07Z"),
    });
  });

  it("takes an answer without a status as not carried out, to be sent again", () => {
    expect(refundQueryOutcome(ok({ code: "10000", msg: "Success" }), refund, now)).toEqual({
      kind: "failed",
      providerCode: "REFUND_NOT_EXECUTED",
      retryable: true,
    });
  });

  it("keeps a status that we have not met pending, and believes nothing about another refund", () => {
    expect(refundQueryOutcome(ok({ ...refundFound, refund_status: "REFUND_PROCESSING" }), refund, now)).toMatchObject({
      kind: "pending",
      unmapped: "REFUND_PROCESSING",
    });
    expect(refundQueryOutcome(ok({ ...refundFound, out_request_no: "re_other" }), refund, now).kind).toBe("unknown");
    expect(refundQueryOutcome(ok({ ...refundFound, refund_amount: undefined }), refund, now).kind).toBe("unknown");
  });

  it("fails for good when there is no such trade, and learns nothing from other refusals", () => {
    expect(refundQueryOutcome(business("ACQ.TRADE_NOT_EXIST"), refund, now)).toMatchObject({
      kind: "failed",
      retryable: false,
    });
    expect(refundQueryOutcome(business("ACQ.SYSTEM_ERROR"), refund, now).kind).toBe("unknown");
    expect(refundQueryOutcome(lost, refund, now).kind).toBe("unknown");
    expect(refundQueryOutcome(notSent, refund, now).kind).toBe("unknown");
  });
});

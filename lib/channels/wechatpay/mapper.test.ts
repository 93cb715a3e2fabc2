import { describe, expect, it } from "vitest";
import type { WechatpayAnswer } from "./client.ts";
import { reference, refundReference } from "./fixtures/account.ts";
import processing from "./fixtures/refund-processing.json" with { type: "json" };
import resource from "./fixtures/refund-resource.json" with { type: "json" };
import refunded from "./fixtures/refund-success.json" with { type: "json" };
import unpaid from "./fixtures/transaction-notpay.json" with { type: "json" };
import paid from "./fixtures/transaction-success.json" with { type: "json" };
import {
  closeOutcome,
  creationOutcome,
  queryOutcome,
  refundOutcome,
  refundQueryOutcome,
  refundResourceOutcome,
} from "./mapper.ts";
import { refundResource } from "./wire.ts";

const ok = (body: unknown, status = 200): WechatpayAnswer => ({ kind: "ok", status, body });
const refused = (status: number, code: string): WechatpayAnswer => ({ kind: "refused", status, code });
const lost: WechatpayAnswer = { kind: "lost", cause: "TimeoutError" };
const notSent: WechatpayAnswer = { kind: "not_sent", cause: "ECONNREFUSED" };

describe("query", () => {
  it("reads a paid transaction field by field", () => {
    expect(queryOutcome(ok(paid), reference)).toEqual({
      kind: "approved",
      reference: "4200002459202611207934526158",
      amount: { minor: 8800n, currency: "CNY" },
      at: new Date("2026-11-20T10:34:56Z"),
      captured: true,
      details: { brand: "CMB_DEBIT", payer: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" },
    });
  });

  it("reads an unpaid transaction as pending", () => {
    expect(queryOutcome(ok(unpaid), reference)).toEqual({ kind: "pending", reference: undefined });
  });

  it("takes a payment with a refund under way as paid", () => {
    expect(queryOutcome(ok({ ...paid, trade_state: "REFUND" }), reference)).toMatchObject({ kind: "approved" });
  });

  it.each([
    ["NOTPAY", { kind: "pending" }],
    ["USERPAYING", { kind: "pending" }],
    ["ACCEPT", { kind: "pending" }],
    ["CLOSED", { kind: "closed" }],
    ["REVOKED", { kind: "closed" }],
    ["PAYERROR", { kind: "pending" }],
    ["SOMETHING_NEW", { kind: "pending", unmapped: "SOMETHING_NEW" }],
  ])("maps trade_state %s", (state, outcome) => {
    expect(queryOutcome(ok({ ...unpaid, trade_state: state }), reference)).toMatchObject(outcome);
  });

  it.each([
    ["without its id", { ...paid, transaction_id: undefined }],
    ["without its time", { ...paid, success_time: undefined }],
    ["without its amount", { ...paid, amount: undefined }],
    ["with a fractional amount", { ...paid, amount: { total: 88.5, currency: "CNY" } }],
    ["with a currency that does not exist", { ...paid, amount: { total: 8800, currency: "XXZ" } }],
    ["of another reference", { ...paid, out_trade_no: "att_other" }],
    ["that is no object", "SUCCESS"],
  ])("does not believe a success %s", (_, body) => {
    expect(queryOutcome(ok(body), reference)).toMatchObject({ kind: "unknown" });
  });

  it.each([
    [404, "ORDER_NOT_EXIST", "absent"],
    [404, "ORDERNOTEXIST", "absent"],
    [400, "ORDER_CLOSED", "closed"],
    [429, "FREQUENCY_LIMITED", "unknown"],
    [500, "SYSTEM_ERROR", "unknown"],
    [401, "SIGN_ERROR", "unknown"],
    [400, "NEVER_SEEN", "unknown"],
  ])("maps %i %s to %s", (status, code, kind) => {
    expect(queryOutcome(refused(status, code), reference).kind).toBe(kind);
  });

  it("learns nothing from a lost or unsent query", () => {
    expect(queryOutcome(lost, reference)).toEqual({ kind: "unknown", cause: "TimeoutError" });
    expect(queryOutcome(notSent, reference)).toEqual({ kind: "unknown", cause: "ECONNREFUSED" });
  });
});

describe("creation", () => {
  it("hands on what the shopper pays by", () => {
    const body = { code_url: "weixin://wxpay/bizpayurl?pr=p4lpSuKzz" };
    expect(creationOutcome(ok(body))).toEqual({ kind: "created", body });
  });

  it("knows that a call that never left did nothing, and that a lost one may have", () => {
    expect(creationOutcome(notSent)).toEqual({ kind: "declined", reason: "provider_error", providerCode: "NOT_SENT" });
    expect(creationOutcome(lost)).toEqual({ kind: "unknown", cause: "TimeoutError" });
  });

  it.each([
    [500, "SYSTEM_ERROR", "unknown", undefined],
    [500, "SYSTEMERROR", "unknown", undefined],
    [500, "BANKERROR", "unknown", undefined],
    [503, "ANYTHING", "unknown", undefined],
    [400, "ORDERPAID", "unknown", undefined],
    [403, "OUT_TRADE_NO_USED", "unknown", undefined],
    [400, "USERPAYING", "pending", undefined],
    [429, "FREQUENCY_LIMITED", "declined", "provider_error"],
    [429, "RATELIMIT_EXCEEDED", "declined", "provider_error"],
    [429, "ANYTHING", "declined", "provider_error"],
    [403, "RULELIMIT", "declined", "provider_error"],
    [403, "NOTENOUGH", "declined", "insufficient_funds"],
    [403, "NOT_ENOUGH", "declined", "insufficient_funds"],
    [400, "AUTH_CODE_EXPIRED", "declined", "rejected_by_provider"],
    [400, "AUTH_CODE_INVALID", "declined", "rejected_by_provider"],
    [400, "AUTH_CODE_ERROR", "declined", "rejected_by_provider"],
    [403, "TRADE_ERROR", "declined", "rejected_by_provider"],
    [403, "ACCOUNTERROR", "declined", "rejected_by_provider"],
    [500, "OPENID_MISMATCH", "declined", "rejected_by_provider"],
    [400, "ORDER_CLOSED", "declined", "expired"],
    [400, "ORDERREVERSED", "declined", "expired"],
    [500, "INVALID_TRANSACTIONID", "declined", "rejected_by_provider"],
    [400, "PARAM_ERROR", "declined", "rejected_by_provider"],
    [400, "INVALID_REQUEST", "declined", "rejected_by_provider"],
    [400, "APPID_MCHID_NOT_MATCH", "declined", "method_unavailable"],
    [400, "MCH_NOT_EXISTS", "declined", "method_unavailable"],
    [401, "SIGN_ERROR", "declined", "method_unavailable"],
    [403, "NO_AUTH", "declined", "method_unavailable"],
    [400, "NEVER_SEEN", "declined", "rejected_by_provider"],
  ])("maps %i %s to %s %s", (status, code, kind, reason) => {
    expect(creationOutcome(refused(status, code))).toMatchObject(
      reason ? { kind, reason, providerCode: code } : { kind },
    );
  });
});

describe("close", () => {
  it("takes 204 without a body as closed", () => {
    expect(closeOutcome(ok(undefined, 204))).toEqual({ kind: "closed" });
  });

  it.each([
    [400, "ORDERPAID", "paid"],
    [400, "ORDER_PAID", "paid"],
    [400, "ORDER_CLOSED", "closed"],
    [404, "ORDER_NOT_EXIST", "closed"],
    [500, "SYSTEM_ERROR", "unknown"],
    [429, "FREQUENCY_LIMITED", "unknown"],
    [400, "NEVER_SEEN", "unknown"],
  ])("maps %i %s to %s", (status, code, kind) => {
    expect(closeOutcome(refused(status, code)).kind).toBe(kind);
  });

  it("does not know whether a lost close closed", () => {
    expect(closeOutcome(lost).kind).toBe("unknown");
    expect(closeOutcome(notSent).kind).toBe("unknown");
  });
});

describe("refund", () => {
  it("reads a successful refund field by field", () => {
    expect(refundOutcome(ok(refunded))).toEqual({
      kind: "succeeded",
      reference: "50302809202026112197412365489",
      amount: { minor: 3000n, currency: "CNY" },
      at: new Date("2026-11-21T01:00:07Z"),
    });
  });

  it("reads the usual first answer as pending with the provider's id", () => {
    expect(refundOutcome(ok(processing))).toEqual({ kind: "pending", reference: "50302809202026112197412365489" });
  });

  it.each([
    ["ABNORMAL", { kind: "failed", providerCode: "ABNORMAL", retryable: false }],
    ["CLOSED", { kind: "failed", providerCode: "CLOSED", retryable: false }],
    ["SOMETHING_NEW", { kind: "pending", unmapped: "SOMETHING_NEW" }],
  ])("maps status %s", (status, outcome) => {
    expect(refundOutcome(ok({ ...processing, status }))).toMatchObject(outcome);
  });

  it.each([
    [403, "NOT_ENOUGH", { kind: "failed", retryable: true }],
    [403, "NOTENOUGH", { kind: "failed", retryable: true }],
    [429, "FREQUENCY_LIMITED", { kind: "failed", retryable: true }],
    [404, "RESOURCE_NOT_EXISTS", { kind: "failed", retryable: false }],
    [400, "INVALID_REQUEST", { kind: "failed", retryable: false }],
    [400, "PARAM_ERROR", { kind: "failed", retryable: false }],
    [403, "USER_ACCOUNT_ABNORMAL", { kind: "failed", retryable: false }],
    [403, "NO_AUTH", { kind: "failed", retryable: false }],
    [401, "SIGN_ERROR", { kind: "failed", retryable: false }],
    [500, "SYSTEM_ERROR", { kind: "unknown", cause: "SYSTEM_ERROR" }],
    [502, "ANYTHING", { kind: "unknown" }],
    [400, "NEVER_SEEN", { kind: "unknown", cause: "NEVER_SEEN" }],
  ])("maps %i %s", (status, code, outcome) => {
    expect(refundOutcome(refused(status, code))).toMatchObject(outcome);
  });

  it("may be sent again when it never left, and must be queried when it was lost", () => {
    expect(refundOutcome(notSent)).toEqual({ kind: "failed", providerCode: "NOT_SENT", retryable: true });
    expect(refundOutcome(lost)).toEqual({ kind: "unknown", cause: "TimeoutError" });
  });

  it("may be sent again when a query finds that it never arrived", () => {
    expect(refundQueryOutcome(refused(404, "RESOURCE_NOT_EXISTS"))).toEqual({
      kind: "failed",
      providerCode: "RESOURCE_NOT_EXISTS",
      retryable: true,
    });
    expect(refundQueryOutcome(refused(500, "SYSTEM_ERROR")).kind).toBe("unknown");
    expect(refundQueryOutcome(notSent).kind).toBe("unknown");
    expect(refundQueryOutcome(ok(refunded)).kind).toBe("succeeded");
  });

  it("reads a notification's resource field by field", () => {
    const parsed = refundResource.parse(resource);
    expect(parsed.out_refund_no).toBe(refundReference);
    expect(refundResourceOutcome(parsed)).toEqual({
      kind: "succeeded",
      reference: "50302809202026112197412365489",
      amount: { minor: 3000n, currency: "CNY" },
      at: new Date("2026-11-21T01:00:07Z"),
    });
    expect(refundResourceOutcome({ ...parsed, refund_status: "ABNORMAL" })).toMatchObject({
      kind: "failed",
      retryable: false,
    });
  });
});

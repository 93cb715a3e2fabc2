import { describe, expect, it } from "vitest";
import { BadNotification, type RawNotification } from "../channel.ts";
import { now, reference, refundReference, testAccount } from "./fixtures/account.ts";
import paid from "./fixtures/notification-paid.json" with { type: "json" };
import { signedForm } from "./fixtures/provider.ts";
import { acknowledge, readNotification } from "./notification.ts";

const { credentials } = testAccount();
const eventId = "2026112000222183456055611413524567";

function raw(form: Record<string, string>): RawNotification {
  const body = Buffer.from(new URLSearchParams(form).toString());
  return { method: "POST", path: "/notify/ca_test", query: "", headers: {}, body };
}

const signed = (change: Record<string, string> = {}) => raw(signedForm({ ...paid, ...change }));
const read = (notification: RawNotification) => readNotification(credentials, notification, now);

function refusal(notification: RawNotification): string | undefined {
  try {
    read(notification);
  } catch (error) {
    if (error instanceof BadNotification) return error.reason;
    throw error;
  }
  return undefined;
}

it("reads a payment field by field, its subject with a plus and a percent sign notwithstanding", () => {
  expect(read(signed())).toEqual({
    kind: "payment",
    eventId,
    reference,
    outcome: {
      kind: "approved",
      reference: "2026112022001404461000123456",
      amount: { minor: 8800n, currency: "CNY" },
      at: new Date("2026-11-20T10:34:56Z"),
      captured: true,
      details: { payer: "159****5620" },
    },
  });
});

describe("trade states", () => {
  it.each([
    ["TRADE_FINISHED", {}, { kind: "approved" }],
    ["WAIT_BUYER_PAY", { gmt_payment: "" }, { kind: "pending" }],
    ["TRADE_CLOSED", { gmt_payment: "", gmt_close: "2026-11-20 19:00:00" }, { kind: "closed" }],
    ["TRADE_SUCCESS", { refund_fee: "0.00" }, { kind: "approved" }],
    ["TRADE_PENDING", {}, { kind: "pending", unmapped: "TRADE_PENDING" }],
  ])("reads %s with %o", (status, change, outcome) => {
    expect(read(signed({ trade_status: status, ...change }))).toMatchObject({ kind: "payment", reference, outcome });
  });
});

describe("a refund's notification", () => {
  const refund = { gmt_refund: "2026-11-21 09:00:07.123", refund_fee: "30.00", out_biz_no: refundReference };

  it.each(["TRADE_SUCCESS", "TRADE_CLOSED"])(
    "with %s is about the refund, not a second payment or a close",
    (status) => {
      expect(read(signed({ ...refund, trade_status: status }))).toEqual({
        kind: "refund",
        eventId,
        refundReference,
        outcome: { kind: "pending", reference: refundReference },
      });
    },
  );

  it("that does not say which refund is ignored", () => {
    expect(read(signed({ ...refund, out_biz_no: "" }))).toEqual({
      kind: "ignored",
      eventId,
      type: "trade_status_sync:refund",
    });
    expect(read(signed({ refund_fee: "30.00" })).kind).toBe("ignored");
  });
});

it("ignores what other products report", () => {
  expect(read(signed({ notify_type: "dut_user_sign" }))).toEqual({ kind: "ignored", eventId, type: "dut_user_sign" });
});

it("refuses a changed, unsigned or downgraded notification", () => {
  const form = signedForm(paid);
  expect(refusal(raw({ ...form, total_amount: "0.01" }))).toBe("signature");
  expect(refusal(raw({ ...form, sign: "" }))).toBe("signature");
  expect(refusal(raw({ ...form, sign_type: "RSA" }))).toBe("signature");
  expect(refusal(raw({}))).toBe("signature");
  expect(refusal({ ...raw({}), body: Buffer.alloc(5 * 1024 * 1024, "garbage") })).toBe("signature");
});

it("refuses another application's and another merchant's trade", () => {
  expect(refusal(signed({ app_id: "2021000000000002" }))).toBe("foreign_account");
  expect(refusal(signed({ seller_id: "2088000000000000" }))).toBe("foreign_account");
});

it("refuses what is signed but not readable, and a parameter given twice", () => {
  expect(refusal(signed({ total_amount: "eighty-eight" }))).toBe("malformed");
  expect(refusal(signed({ gmt_payment: "yesterday" }))).toBe("malformed");
  expect(refusal(signed({ out_trade_no: "" }))).toBe("malformed");
  const twice = Buffer.concat([signed().body, Buffer.from("&out_trade_no=att_other")]);
  expect(refusal({ ...signed(), body: twice })).toBe("malformed");
});

it("answers in the provider's words", () => {
  expect(acknowledge(true)).toMatchObject({ status: 200, body: "success" });
  expect(acknowledge(false).body).not.toBe("success");
});

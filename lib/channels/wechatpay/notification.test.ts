import { expect, it } from "vitest";
import { BadNotification, type RawNotification } from "../channel.ts";
import { now, reference, refundReference, testAccount } from "./fixtures/account.ts";
import { sealedEnvelope, signedHeaders } from "./fixtures/provider.ts";
import resource from "./fixtures/refund-resource.json" with { type: "json" };
import paid from "./fixtures/transaction-success.json" with { type: "json" };
import { acknowledge, readNotification } from "./notification.ts";

const { credentials } = testAccount();

function raw(body: string, headers: Record<string, string> = signedHeaders(body)): RawNotification {
  return { method: "POST", path: "/notify/ca_test", query: "", headers, body: Buffer.from(body) };
}

function refusal(notification: RawNotification, at = now): string | undefined {
  try {
    readNotification(credentials, notification, at);
  } catch (error) {
    if (error instanceof BadNotification) return error.reason;
    throw error;
  }
  return undefined;
}

it("reads a payment: the envelope's id is the event's", () => {
  const notification = readNotification(
    credentials,
    raw(sealedEnvelope("TRANSACTION.SUCCESS", "transaction", paid)),
    now,
  );
  expect(notification).toEqual({
    kind: "payment",
    eventId: "EV-2018022511223320873",
    reference,
    outcome: {
      kind: "approved",
      reference: "4200002459202611207934526158",
      amount: { minor: 8800n, currency: "CNY" },
      at: new Date("2026-11-20T10:34:56Z"),
      captured: true,
      details: { brand: "CMB_DEBIT", payer: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" },
    },
  });
});

it("reads a refund", () => {
  const notification = readNotification(credentials, raw(sealedEnvelope("REFUND.SUCCESS", "refund", resource)), now);
  expect(notification).toMatchObject({
    kind: "refund",
    eventId: "EV-2018022511223320873",
    refundReference,
    outcome: { kind: "succeeded", amount: { minor: 3000n, currency: "CNY" } },
  });
});

it("reads headers in any letter case", () => {
  const body = sealedEnvelope("TRANSACTION.SUCCESS", "transaction", paid);
  const headers = Object.fromEntries(
    Object.entries(signedHeaders(body)).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(readNotification(credentials, raw(body, headers), now).kind).toBe("payment");
});

it("ignores a split's notification, although its event type is a payment's", () => {
  const body = sealedEnvelope("TRANSACTION.SUCCESS", "profitsharing", { mchid: "1900000001" });
  expect(readNotification(credentials, raw(body), now)).toEqual({
    kind: "ignored",
    eventId: "EV-2018022511223320873",
    type: "TRANSACTION.SUCCESS",
  });
});

it("refuses a changed body, a missing signature and the provider's probe", () => {
  const body = sealedEnvelope("TRANSACTION.SUCCESS", "transaction", paid);
  expect(refusal(raw(`${body} `, signedHeaders(body)))).toBe("signature");
  expect(refusal(raw(body, {}))).toBe("signature");
  const probe = { ...signedHeaders(body), "wechatpay-signature": "WECHATPAY/SIGNTEST/abc" };
  expect(refusal(raw(body, probe))).toBe("signature");
});

it("refuses a replay of an old notification", () => {
  const body = sealedEnvelope("TRANSACTION.SUCCESS", "transaction", paid);
  expect(refusal(raw(body), new Date(now.getTime() + 301_000))).toBe("stale");
});

it("refuses what is signed but not readable", () => {
  expect(refusal(raw("{not json"))).toBe("malformed");
  expect(refusal(raw("{}"))).toBe("malformed");
  expect(refusal(raw(sealedEnvelope("TRANSACTION.SUCCESS", "transaction", { mchid: "1900000001" })))).toBe("malformed");
  const sealed = JSON.parse(sealedEnvelope("TRANSACTION.SUCCESS", "transaction", paid));
  sealed.resource.associated_data = "other";
  expect(refusal(raw(JSON.stringify(sealed)))).toBe("malformed");
});

it("refuses another merchant's or application's payment and refund", () => {
  const other = (change: object) => raw(sealedEnvelope("TRANSACTION.SUCCESS", "transaction", { ...paid, ...change }));
  expect(refusal(other({ mchid: "1900000002" }))).toBe("foreign_account");
  expect(refusal(other({ appid: "wx0000000000000000" }))).toBe("foreign_account");
  expect(refusal(raw(sealedEnvelope("REFUND.SUCCESS", "refund", { ...resource, mchid: "1900000002" })))).toBe(
    "foreign_account",
  );
});

it("answers in the provider's words", () => {
  expect(acknowledge(true)).toMatchObject({ status: 200, body: '{"code":"SUCCESS","message":"成功"}' });
  expect(acknowledge(false)).toMatchObject({ status: 500, body: '{"code":"FAIL","message":"失败"}' });
});

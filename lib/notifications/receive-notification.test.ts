import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChannelAccountRow, loadAccount } from "#lib/channel-accounts/load-account";
import { newId, newMerchantId } from "#lib/kernel/ids";
import { money } from "#lib/kernel/money";
import type { Order } from "#lib/orders/order-json";
import { orderTimeline } from "#lib/orders/timeline";
import { actOnOrder, setOrderFaults } from "#lib/sandbox/drive-order";
import { simulatorNamed } from "#lib/sandbox/simulators";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { bookOf, choose, eventsOf, openOrder, orderOf, postingsOf } from "#lib/testing/shop";
import { type ReceivedNotification, sendWithoutEnd } from "#lib/testing/wire";

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant();
});
afterAll(() => platform.end());

const methods = ["wechat_pay", "alipay", "card"] as const;
type Method = (typeof methods)[number];

/** The provider's own words for "send it again", as a status and what the body says. */
const refusals = { wechat_pay: [500, "FAIL"], alipay: [500, "failure"], card: [400, ""] } as const;
const accountOf: Record<Method, string> = { wechat_pay: "wechatpay", alipay: "alipay", card: "stripe" };
const signatureOf: Record<Method, string> = {
  wechat_pay: "wechatpay-signature",
  alipay: "sign",
  card: "stripe-signature",
};

function account(of: TestMerchant, method: Method): ChannelAccountRow {
  const row = of.accounts[accountOf[method]];
  if (!row) throw new Error("no such account");
  return row;
}

async function waitingOrder(method: Method): Promise<Order> {
  const order = await openOrder(merchant.ctx);
  await choose(merchant.ctx, order.id, method, method === "card" ? { token: "pm_card_threeDSecure2Required" } : {});
  return orderOf(merchant.ctx, order.id);
}

/** Pays in the wallet, and lets the notification of it arrive. */
async function paidNotification(method: Method): Promise<{ order: Order; sent: ReceivedNotification }> {
  const order = await waitingOrder(method);
  const before = platform.notifications.length;
  await actOnOrder(merchant.ctx, order.id, { act: "pay" });
  await platform.settle();
  const told = platform.notifications
    .slice(before)
    .filter((one) => one.path === `/notify/${account(merchant, method).id}`);
  const sent = method === "card" ? told.find((one) => one.body.includes('"payment_intent.succeeded"')) : told[0];
  if (!sent) throw new Error(`nothing was sent of ${method}`);
  return { order: await orderOf(merchant.ctx, order.id), sent };
}

function send(notification: Pick<ReceivedNotification, "path" | "headers" | "body">) {
  const { "content-length": _length, connection: _connection, host: _host, ...headers } = notification.headers;
  return platform.call(undefined, "POST", notification.path, notification.body, headers);
}

function said(method: Method, answer: { status: number; body: unknown }) {
  const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  return [answer.status, body.includes(refusals[method][1]) ? refusals[method][1] : body];
}

/** One character of the signature is another one. */
function forged(sent: ReceivedNotification, method: Method): ReceivedNotification {
  const name = signatureOf[method];
  if (method === "alipay") {
    const fields = new URLSearchParams(sent.body);
    fields.set("sign", flipped(fields.get("sign") ?? ""));
    return { ...sent, body: fields.toString() };
  }
  const value = sent.headers[name] ?? "";
  const wrong =
    method === "card" ? value.replace(/v1=(.)/, (_all, digit) => `v1=${digit === "0" ? "1" : "0"}`) : flipped(value);
  return { ...sent, headers: { ...sent.headers, [name]: wrong } };
}

function flipped(text: string): string {
  return `${text.slice(0, 10)}${text[10] === "A" ? "B" : "A"}${text.slice(11)}`;
}

describe.each(methods)("a notification of %s", (method) => {
  it("books the payment and is acknowledged in the provider's words", async () => {
    const { order, sent } = await paidNotification(method);
    expect(order).toMatchObject({ status: "paid", amountCaptured: 8800n });
    expect(sent.status).toBeLessThan(300);
    const story = await merchant.ctx.transaction((tx) => orderTimeline(tx, order.id));
    expect(story.filter((entry) => entry.kind === "notification").map((entry) => entry.data.result)).toContain(
      "applied",
    );
  });

  it("with a forged signature is refused in the provider's words and changes nothing", async () => {
    const { sent } = await paidNotification(method);
    const order = await waitingOrder(method);
    const before = await bookOf(merchant.ctx);
    expect(said(method, await send(forged(sent, method)))).toEqual(refusals[method]);
    expect(await bookOf(merchant.ctx)).toEqual(before);
    expect(await orderOf(merchant.ctx, order.id)).toEqual(order);
  });

  it("whose body was changed under its signature is refused", async () => {
    const { order, sent } = await paidNotification(method);
    const body = sent.body.replace(/88\.00|8800|"ciphertext":"./, (found) =>
      found === "8800" ? "9900" : found === "88.00" ? "99.00" : `${found.slice(0, -1)}~`,
    );
    expect(body).not.toBe(sent.body);
    expect(said(method, await send({ ...sent, body }))).toEqual(refusals[method]);
    expect(await orderOf(merchant.ctx, order.id)).toEqual(order);
  });

  it("has one effect when it comes ten times at once", async () => {
    platform.holdNotifications(true);
    const { order, sent } = await paidNotification(method).finally(() => platform.holdNotifications(false));
    expect(order.status).not.toBe("paid");
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(sent)));
    expect(answers.map((answer) => answer.status < 300)).toEqual(Array(10).fill(true));
    expect(await postingsOf(merchant.ctx, order.id)).toEqual(["payment_succeeded"]);
    const rows = await platform.owner`select result from channel_notifications where order_id = ${order.id}`;
    expect(rows.map((row) => row.result)).toEqual(["applied"]);
    await expectLedgerBalanced(merchant.ctx);
  });

  it("is acknowledged and without effect when it comes again", async () => {
    const { order, sent } = await paidNotification(method);
    const again = await send(sent);
    expect([again.status, again.body]).toEqual([sent.status, sent.answer === "" ? "" : again.body]);
    expect(await orderOf(merchant.ctx, order.id)).toEqual(order);
    expect(await eventsOf(merchant.ctx, order.id)).toEqual(["order.created", "order.paid"]);
  });

  it("of a wrong amount does not pay the order, and the money goes back", async () => {
    const order = await waitingOrder(method);
    await setOrderFaults(merchant.ctx, order.id, [{ kind: "wrong_amount", amount: 8000, times: 1 }]);
    await actOnOrder(merchant.ctx, order.id, { act: "pay" });
    await platform.settle();
    await platform.pass(60_000);
    expect(await orderOf(merchant.ctx, order.id)).toMatchObject({ status: "pending", amountCaptured: 0n });
    expect(await eventsOf(merchant.ctx, order.id)).toEqual([
      "order.amount_mismatch",
      "order.created",
      "refund.created",
      "refund.succeeded",
    ]);
    const told = await platform.owner`select result from channel_notifications where order_id = ${order.id}`;
    expect(told.map((row) => row.result)).toContain("mismatch");
    await expectLedgerBalanced(merchant.ctx);
  });

  it("about a payment that is none of ours is refused and writes nothing", async () => {
    const reference = newId("attempt", merchant.merchantId);
    const sent = await paidAtProvider(merchant, method, reference);
    expect(said(method, { status: sent.status, body: sent.answer })).toEqual(refusals[method]);
    expect(await platform.owner`select 1 from channel_notifications where reference = ${reference}`).toHaveLength(0);
  });

  it("signed rightly by another merchant's provider, about our payment, has no effect", async () => {
    const stranger = await platform.merchant({}, [accountOf[method]]);
    const order = await waitingOrder(method);
    const sent = await paidAtProvider(stranger, method, order.latestAttemptId ?? "");
    expect(said(method, { status: sent.status, body: sent.answer })).toEqual(refusals[method]);
    const misdirected = { ...sent, path: `/notify/${account(merchant, method).id}` };
    expect(said(method, await send(misdirected))).toEqual(refusals[method]);
    expect(await orderOf(merchant.ctx, order.id)).toEqual(order);
    expect(await bookOf(stranger.ctx)).toEqual({});
  });

  it("of garbage is refused", async () => {
    const path = `/notify/${account(merchant, method).id}`;
    for (const body of ["", "{", "not a notification", "\u0000\u0001", "[]", "null", '{"a":1}']) {
      const answer = await send({ path, headers: { "content-type": "application/json" }, body });
      expect(said(method, answer)).toEqual(refusals[method]);
    }
  });
});

/** A payment that we never asked for, made at the provider in the merchant's name and told to the merchant's address. */
async function paidAtProvider(of: TestMerchant, method: Method, reference: string): Promise<ReceivedNotification> {
  const { account: opened, channel, row } = await loadAccount(of.ctx, account(of, method).id);
  const before = platform.notifications.length;
  const now = of.ctx.now;
  await channel.pay(
    opened,
    {
      reference,
      orderId: "ord_none",
      method,
      flow: method === "card" ? "card_fields" : "qr",
      amount: money(8800n, "CNY"),
      subject: "Tea",
      captureMethod: "automatic",
      expiresAt: new Date(now.getTime() + 600_000),
      notifyUrl: `${platform.origin}/notify/${row.id}`,
      returnUrl: platform.origin,
      shopper: { ip: "127.0.0.1", userAgent: "", device: "desktop", locale: "en", token: "pm_card_visa" },
    },
    { now, requestId: "req_test", timeoutMs: 5_000 },
  );
  if (method !== "card") {
    await simulatorNamed(row.channel).act(opened.credentials as Record<string, string>, reference, { act: "pay" });
  }
  await platform.settle();
  const told = platform.notifications.slice(before).filter((one) => one.path === `/notify/${row.id}`);
  const sent = method === "card" ? told.find((one) => one.body.includes('"payment_intent.succeeded"')) : told[0];
  if (!sent) throw new Error("the provider told nobody");
  return sent;
}

describe("a notification that is old", () => {
  it.each([
    ["wechat_pay", "refused"],
    ["card", "refused"],
    // Alipay signs no time into its notifications: the event's id alone says that it is an old one.
    ["alipay", "repeated"],
  ] as const)("of %s is %s after an hour, and has no effect", async (method, expected) => {
    const { order, sent } = await paidNotification(method);
    await platform.pass(3_600_000);
    const answer = await send(sent);
    expect(answer.status < 300 ? "repeated" : "refused").toBe(expected);
    expect(await eventsOf(merchant.ctx, order.id)).toEqual(["order.created", "order.paid"]);
    expect(await postingsOf(merchant.ctx, order.id)).toEqual(["payment_succeeded"]);
  });
});

describe("the address for notifications", () => {
  it("does not read five megabytes of garbage", async () => {
    const path = `/notify/${account(merchant, "wechat_pay").id}`;
    const answer = await platform.call(undefined, "POST", path, "x".repeat(5_000_000));
    expect(answer).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  });

  it("does not read garbage of unknown length either", async () => {
    const answer = await sendWithoutEnd(`${platform.origin}/notify/${account(merchant, "alipay").id}`);
    expect(answer.status).toBe(413);
  });

  it.each([
    ["of an account that never existed", newId("channelAccount", newMerchantId())],
    ["of nothing that could be an account", "';drop table orders"],
  ])("is not there %s", async (_label, id) => {
    const answer = await platform.call(undefined, "POST", `/notify/${encodeURIComponent(id)}`, "{}");
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

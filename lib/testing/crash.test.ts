import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readExportFile } from "#lib/exports/read-file";
import { getExport } from "#lib/exports/store";
import { actOnOrder, simulatedPayment } from "#lib/sandbox/drive-order";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { type Receiver, startReceiver } from "#lib/webhooks/testing/receiver";
import { type CrashWorld, crashWorld, type Product } from "./crash-world.ts";
import { expectLedgerBalanced, type TestMerchant } from "./platform.ts";
import { eventsOf, manyOrders, nextNumber, orderOf, postingsOf, refundsOfOrder } from "./shop.ts";

let world: CrashWorld;
let receiver: Receiver;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  world = await crashWorld();
});
afterAll(() => world.end());
beforeEach(async () => {
  receiver = await startReceiver();
  merchant = await world.platform.merchant({}, ["wechatpay", "stripe"]);
  await createEndpoint(merchant.ctx, { url: receiver.url, eventTypes: ["*"] });
  key = await merchant.key();
});
let running: Product | undefined;
afterEach(async () => {
  await running?.stop();
  await receiver.close();
});

async function start(...crashpoint: Parameters<CrashWorld["start"]>): Promise<Product> {
  running = await world.start(...crashpoint);
  return running;
}

/** A request to the product; undefined when it died before it answered. */
async function ask(method: string, path: string, body?: unknown, idempotencyKey?: string) {
  const headers = {
    authorization: `Bearer ${key}`,
    "content-type": "application/json",
    ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
  };
  const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${world.origin}${path}`, sent).catch(() => undefined);
  return answer && { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function openOrder(): Promise<string> {
  const input = { merchant_order_no: nextNumber("C"), amount: 8800, currency: "CNY", subject: "Tea" };
  const made = await ask("POST", "/v1/orders", input);
  if (made?.status !== 201) throw new Error(`no order: ${JSON.stringify(made)}`);
  return String(made.body.id);
}

const pay = (orderId: string, method: "wechat_pay" | "card", idempotencyKey: string) =>
  ask(
    "POST",
    `/v1/orders/${orderId}/attempts`,
    { method, ...(method === "card" && { token: "pm_card_visa" }) },
    idempotencyKey,
  );

async function paidOrder(): Promise<string> {
  const orderId = await openOrder();
  await pay(orderId, "card", nextNumber("I"));
  await becomes(orderId, "paid");
  return orderId;
}

function becomes(orderId: string, status: string): Promise<void> {
  return world.until(`${orderId} is ${status}`, async () => (await orderOf(merchant.ctx, orderId)).status === status);
}

async function charges(): Promise<number> {
  const pattern = `att_${merchant.merchantId.slice("mer_".length)}%`;
  const [row] = await world.platform.owner<{ count: number }[]>`
    select count(*)::int as count from sim.stripe_objects c
    join sim.stripe_objects i on i.id = c.payment_intent_id and i.object = 'payment_intent'
    where c.object = 'charge' and c.body->>'status' = 'succeeded' and i.reference like ${pattern}`;
  return row?.count ?? 0;
}

/** Every event has its number, without gaps, and each has reached the shop, always under the same number. */
async function everyEventArrives(): Promise<void> {
  const { owner } = world.platform;
  const told = () => owner<{ id: string; sequence: string | null }[]>`
    select id, sequence from events where merchant_id = ${merchant.merchantId} order by sequence`;
  await world.until("every event arrives", async () => {
    await world.minutesLater();
    const arrived = new Set(receiver.received.map((webhook) => webhook.body.id));
    return (await told()).every((event) => event.sequence !== null && arrived.has(event.id));
  });
  const events = await told();
  expect(events.map((event) => Number(event.sequence))).toEqual(events.map((_event, index) => index + 1));
  const numbers = new Set(
    receiver.received.map(({ body, headers }) => `${headers["webhook-id"]} ${body.id} ${body.sequence}`),
  );
  expect(numbers).toEqual(new Set(events.map((event) => `${event.id} ${event.id} ${event.sequence}`)));
}

async function paidOnce(orderId: string): Promise<void> {
  expect(await orderOf(merchant.ctx, orderId)).toMatchObject({ status: "paid", amountCaptured: 8800n });
  expect(await postingsOf(merchant.ctx, orderId)).toEqual(["payment_succeeded"]);
  expect(await eventsOf(merchant.ctx, orderId)).toEqual(["order.created", "order.paid"]);
  await everyEventArrives();
  await expectLedgerBalanced(merchant.ctx);
}

async function refundedOnce(orderId: string): Promise<void> {
  await becomes(orderId, "refunded");
  expect((await refundsOfOrder(merchant.ctx, orderId)).map((refund) => refund.status)).toEqual(["succeeded"]);
  expect((await simulatedPayment(merchant.ctx, orderId))?.refunds.map((refund) => refund.amount)).toEqual([8800]);
  expect(await postingsOf(merchant.ctx, orderId)).toEqual(["payment_succeeded", "refund_accepted", "refund_succeeded"]);
  await everyEventArrives();
  await expectLedgerBalanced(merchant.ctx);
}

// Each test starts the product twice.
describe("a process that is killed", { timeout: 120_000 }, () => {
  it("after the channel's answer, before our commit: the charge is found, and not made again", async () => {
    const victim = await start("after-channel-answer");
    const orderId = await openOrder();
    expect(await pay(orderId, "card", "once")).toBeUndefined();
    expect(await victim.died).toBe("SIGKILL");
    expect(await postingsOf(merchant.ctx, orderId)).toEqual([]);

    await start();
    await world.minutesLater();
    await becomes(orderId, "paid");
    expect(await pay(orderId, "card", "once")).toMatchObject({ status: 409, body: { code: "order_paid" } });
    expect(await charges()).toBe(1);
    await paidOnce(orderId);
  });

  it("after the channel's answer with a code: the same code is there for who asks again", async () => {
    const victim = await start("after-channel-answer");
    const orderId = await openOrder();
    await pay(orderId, "wechat_pay", "once");
    expect(await victim.died).toBe("SIGKILL");

    await start();
    await world.minutesLater();
    await becomes(orderId, "processing");
    const again = await pay(orderId, "wechat_pay", "once");
    expect(again).toMatchObject({ status: 201, body: { status: "requires_action" } });
    await actOnOrder(merchant.ctx, orderId, { act: "pay" });
    await becomes(orderId, "paid");
    await paidOnce(orderId);
  });

  it("after our commit, before our answer: the same request goes on with the same payment", async () => {
    const victim = await start("after-attempt-commit");
    const orderId = await openOrder();
    expect(await pay(orderId, "wechat_pay", "once")).toBeUndefined();
    expect(await victim.died).toBe("SIGKILL");
    const { latestAttemptId } = await orderOf(merchant.ctx, orderId);

    await start();
    expect(await pay(orderId, "wechat_pay", "once")).toMatchObject({ status: 409 });
    await world.minutesLater();
    expect(await pay(orderId, "wechat_pay", "once")).toMatchObject({ status: 201, body: { id: latestAttemptId } });
    await actOnOrder(merchant.ctx, orderId, { act: "pay" });
    await becomes(orderId, "paid");
    await paidOnce(orderId);
  });

  it("after a notification's commit, before its acknowledgement: the payment is booked once", async () => {
    const victim = await start("after-notification-commit");
    const orderId = await openOrder();
    await pay(orderId, "wechat_pay", "once");
    await actOnOrder(merchant.ctx, orderId, { act: "pay" });
    await becomes(orderId, "paid");
    expect(await victim.died).toBe("SIGKILL");

    await start();
    await world.minutesLater();
    await paidOnce(orderId);
  });

  it("in the middle of a webhook: it is delivered again under the same id and number", async () => {
    const victim = await start("during-webhook-delivery");
    const orderId = await openOrder();
    expect(await victim.died).toBe("SIGKILL");
    expect(receiver.received.map((webhook) => webhook.body.type)).toEqual(["order.created"]);

    await start();
    await pay(orderId, "card", "once");
    await becomes(orderId, "paid");
    await paidOnce(orderId);
    await world.until("the first webhook comes again", async () => {
      await world.minutesLater();
      return receiver.received.filter((webhook) => webhook.body.type === "order.created").length > 1;
    });
  });

  it("with an export half written: the next process goes on behind the part that was committed", async () => {
    const victim = await start("after-export-part");
    await manyOrders(world.platform, merchant, 4_500);
    // The answer may die with the process.
    await ask("POST", "/v1/exports", { object: "orders", format: "csv", columns: ["id"] });
    expect(await victim.died).toBe("SIGKILL");
    const [made] = await world.platform.owner<{ id: string }[]>`
      select id from exports where merchant_id = ${merchant.merchantId}`;
    const id = made?.id ?? "";
    const progress = () => merchant.ctx.transaction((tx) => getExport(tx, id));
    expect(await progress()).toMatchObject({ status: "processing", rowsDone: 2_000 });

    // What the sweep of lost workers does once the lease of the dead one has run out.
    await world.platform.owner`
      select graphile_worker.force_unlock_workers(array_agg(locked_by)) from graphile_worker.jobs where locked_by is not null`;
    await start();
    await world.until("the export has ended", async () => (await progress()).status === "succeeded");
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await readExportFile(merchant.ctx, id)).content) chunks.push(chunk);
    const rows = Buffer.concat(chunks).toString().trimEnd().split("\r\n").slice(1);
    expect(rows).toHaveLength(4_500);
    expect(new Set(rows).size).toBe(4_500);
  });

  it("with half of a shopper's orders erased: the next process goes on with the rest", async () => {
    const victim = await start("after-erased-orders");
    await manyOrders(world.platform, merchant, 120);
    const { owner } = world.platform;
    await owner`update orders set customer = '{"email":"lin@example.com"}' where merchant_id = ${merchant.merchantId}`;
    await owner`
      insert into search_terms (merchant_id, livemode, term, kind, object_id, order_id)
      select merchant_id, livemode, 'lin@example.com', 'email', id, id from orders where merchant_id = ${merchant.merchantId}`;
    await ask("POST", "/v1/privacy/erasures", { email: "lin@example.com" });
    expect(await victim.died).toBe("SIGKILL");
    const left = async () => {
      const [row] = await owner`
        select count(*)::int as count from orders where merchant_id = ${merchant.merchantId} and customer is not null`;
      return row?.count;
    };
    expect(await left()).toBe(70);

    await owner`
      select graphile_worker.force_unlock_workers(array_agg(locked_by)) from graphile_worker.jobs where locked_by is not null`;
    await start();
    await world.until("the erasure has ended", async () => {
      const [row] =
        await owner`select status, orders_done from privacy_requests where merchant_id = ${merchant.merchantId}`;
      return row?.status === "succeeded" && row.orders_done === 120;
    });
    expect(await left()).toBe(0);
  });

  it("with a refund reserved and not sent: it is sent by the next process", async () => {
    const victim = await start("after-refund-reserve");
    const orderId = await paidOrder();
    expect(await ask("POST", "/v1/refunds", { order: orderId, merchant_refund_no: nextNumber("R") })).toBeUndefined();
    expect(await victim.died).toBe("SIGKILL");

    await start();
    await world.minutesLater();
    await refundedOnce(orderId);
  });

  it("inside of a refund that carries an Idempotency-Key: all of it or nothing, and the same request makes it once", async () => {
    const victim = await start("after-refund-reserve");
    const orderId = await paidOrder();
    const body = { order: orderId, merchant_refund_no: nextNumber("R") };
    expect(await ask("POST", "/v1/refunds", body, "refund-once")).toBeUndefined();
    expect(await victim.died).toBe("SIGKILL");
    expect(await refundsOfOrder(merchant.ctx, orderId)).toEqual([]);

    await start();
    expect(await ask("POST", "/v1/refunds", body, "refund-once")).toMatchObject({ status: 201 });
    expect(await ask("POST", "/v1/refunds", body, "refund-once")).toMatchObject({ status: 201 });
    await refundedOnce(orderId);
  });

  it("after the channel's answer to a refund: the money goes back once", async () => {
    const victim = await start("after-refund-answer");
    const orderId = await paidOrder();
    await ask("POST", "/v1/refunds", { order: orderId, merchant_refund_no: nextNumber("R") });
    expect(await victim.died).toBe("SIGKILL");
    expect((await refundsOfOrder(merchant.ctx, orderId)).map((refund) => refund.status)).toEqual(["pending"]);

    await start();
    await world.minutesLater();
    await refundedOnce(orderId);
  });
});

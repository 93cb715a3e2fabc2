import { afterAll, beforeAll, expect, it } from "vitest";
import { actOnOrder, simulatedPayment } from "#lib/sandbox/drive-order";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { startReceiver } from "#lib/webhooks/testing/receiver";
import { type CrashWorld, crashWorld } from "./crash-world.ts";
import { expectLedgerBalanced } from "./platform.ts";
import { nextNumber, orderOf, postingsOf, refundsOfOrder } from "./shop.ts";

const orderCount = 16;
const tries = 5;
const amount = 8800;

let world: CrashWorld;
beforeAll(async () => {
  world = await crashWorld();
  process.env.WORKER = "separate";
});
afterAll(async () => {
  delete process.env.WORKER;
  await world.end();
});

it("two web and two worker processes on one database do nothing twice", { timeout: 240_000 }, async () => {
  const receiver = await startReceiver();
  const { ctx, key, merchantId } = await world.platform.merchant({}, ["wechatpay"]);
  await createEndpoint(ctx, { url: receiver.url, eventTypes: ["*"] });
  world.startWorker();
  world.startWorker();
  const [, other] = await Promise.all([world.start(), world.startBeside()]);
  const origins = [world.origin, other];
  const authorization = `Bearer ${await key()}`;
  const ask = async (web: number, path: string, body: unknown, idempotencyKey: string) => {
    const headers = { authorization, "content-type": "application/json", "idempotency-key": idempotencyKey };
    const sent = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`${origins[web % origins.length]}${path}`, sent);
    return { status: answer.status, body: (await answer.json()) as { id: string } };
  };
  /**
   * The same request at both web processes at once: one carries it out, the other repeats the answer or says that it runs.
   * What was too slow on a busy machine is sent again under its key, as a shop would.
   */
  const askBoth = async (path: string, body: unknown) => {
    const idempotencyKey = nextNumber("I");
    for (let left = tries; ; left--) {
      const both = await Promise.all([0, 1].map((web) => ask(web, path, body, idempotencyKey)));
      const done = both.filter(({ status }) => status < 300).map((answer) => answer.body.id);
      expect(new Set(done).size).toBeLessThan(2);
      if (done[0]) return done[0];
      if (left === 1) throw new Error(`${path}: ${JSON.stringify(both)}`);
    }
  };

  const orders = await Promise.all(
    Array.from({ length: orderCount }, async () => {
      const input = { merchant_order_no: nextNumber("W"), amount, currency: "CNY", subject: "Tea" };
      const id = await askBoth("/v1/orders", input);
      await askBoth(`/v1/orders/${id}/attempts`, { method: "wechat_pay" });
      await actOnOrder(ctx, id, { act: "pay" });
      return id;
    }),
  );
  const every = async (status: string) =>
    (await Promise.all(orders.map((id) => orderOf(ctx, id)))).every((order) => order.status === status);
  await world.until("every order is paid", () => every("paid"));
  await Promise.all(orders.map((order) => askBoth("/v1/refunds", { order, merchant_refund_no: nextNumber("R") })));
  await world.until("every order is refunded", () => every("refunded"));
  const { owner } = world.platform;
  const told = () => owner<{ id: string; sequence: string | null }[]>`
    select id, sequence from events where merchant_id = ${merchantId} order by sequence`;
  await world.until("every webhook arrives", async () => {
    const arrived = new Set(receiver.received.map(({ body }) => body.id));
    return (await told()).every(({ id }) => arrived.has(id));
  });

  for (const id of orders) {
    expect(await postingsOf(ctx, id)).toEqual(["payment_succeeded", "refund_accepted", "refund_succeeded"]);
    expect((await refundsOfOrder(ctx, id)).map(({ status }) => status)).toEqual(["succeeded"]);
    expect((await simulatedPayment(ctx, id))?.refunds.map((refund) => refund.amount)).toEqual([amount]);
  }
  const events = await told();
  expect(events).toHaveLength(orderCount * 4);
  expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_event, index) => index + 1));
  expect(receiver.received).toHaveLength(events.length);
  // Each worker keeps two pools of runners: both were at it.
  const [pools] = await owner<{ count: number }[]>`select count(*)::int as count from internal.worker_leases`;
  expect(pools?.count).toBe(4);
  await expectLedgerBalanced(ctx);
  await receiver.close();
});

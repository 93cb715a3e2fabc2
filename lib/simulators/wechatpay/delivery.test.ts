import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../simulator.ts";
import { openNotification, openWorld, type World } from "./test-merchant.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let number = 0;
beforeEach(async () => {
  await world.simulator.setFaults(world.merchant.credentials, []);
  world.receiver.answers.length = 0;
  // Whatever an earlier test left to be retried goes out now.
  world.clock.advance(86_400_000);
  await world.simulator.runDue();
  world.receiver.received.length = 0;
  world.clock.set("2026-11-20T04:00:00Z");
});

async function pay(): Promise<string> {
  const no = `notify_${++number}`;
  await world.merchant.order(no);
  await world.simulator.act(world.merchant.credentials, no, { act: "pay" });
  return no;
}

const setFaults = (...faults: Fault[]) => world.simulator.setFaults(world.merchant.credentials, faults);
const opened = () => world.receiver.received.map((received) => openNotification(received, world.merchant.credentials));
const payment = (no: string) => world.simulator.payment(world.merchant.credentials, no);

it("carries the payment as a query answers it, signed and encrypted", async () => {
  const no = await pay();
  await world.simulator.runDue();
  const [notification] = opened();
  const { mchid } = world.merchant.credentials;
  const query = await world.merchant.call("GET", `/v3/pay/transactions/out-trade-no/${no}?mchid=${mchid}`);
  expect(notification?.resource).toEqual(query.json);
  expect(notification?.event).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    create_time: "2026-11-20T12:00:00+08:00",
    resource_type: "encrypt-resource",
    event_type: "TRANSACTION.SUCCESS",
    summary: "支付成功",
    resource: { original_type: "transaction", algorithm: "AEAD_AES_256_GCM", associated_data: "transaction" },
  });
  expect(await payment(no)).toMatchObject({ status: "SUCCESS", notificationsSent: 1, notificationsDue: 0 });
});

it("is retried on the provider's schedule with the same id, then given up", async () => {
  const no = await pay();
  const minute = 60_000;
  const waits = [15_000, 15_000, 30_000, 3 * minute, 10 * minute, 20 * minute, 30 * minute, 30 * minute, 30 * minute];
  const hours = [1, 3, 3, 3, 6, 6].map((n) => n * 60 * minute);
  const schedule = [...waits, ...hours];
  world.receiver.answers.push(...Array<number>(16).fill(500));
  await world.simulator.runDue();
  for (const [sent, wait] of schedule.entries()) {
    world.clock.advance(wait - 1);
    await world.simulator.runDue();
    expect(world.receiver.received).toHaveLength(sent + 1);
    world.clock.advance(1);
    await world.simulator.runDue();
    expect(world.receiver.received).toHaveLength(sent + 2);
  }
  expect(await payment(no)).toMatchObject({ notificationsSent: 16, notificationsDue: 0 });
  expect(new Set(opened().map(({ event }) => event.id)).size).toBe(1);
});

it.each([
  [200, 0],
  [204, 0],
  [201, 1],
  [302, 1],
  [400, 1],
])("an answer of %i leaves %i due", async (status, due) => {
  const no = await pay();
  world.receiver.answers.push(status);
  await world.simulator.runDue();
  expect((await payment(no))?.notificationsDue).toBe(due);
});

it("is sent once when several processes run at the same time", async () => {
  await pay();
  await pay();
  await Promise.all([1, 2, 3].map(() => world.simulator.runDue()));
  expect(world.receiver.received).toHaveLength(2);
});

it("is tried again when nobody listens at the address", async () => {
  const no = `notify_${++number}`;
  await world.merchant.order(no, { notify_url: "http://127.0.0.1:1/notify" });
  await world.simulator.act(world.merchant.credentials, no, { act: "pay" });
  await world.simulator.runDue();
  expect(await payment(no)).toMatchObject({ notificationsSent: 1, notificationsDue: 1 });
});

describe("by fault", () => {
  it("is lost for good, as often as told", async () => {
    await setFaults({ kind: "lose_notification", times: 1 });
    const lost = await pay();
    await pay();
    await world.simulator.runDue();
    world.clock.advance(86_400_000);
    await world.simulator.runDue();
    expect(world.receiver.received).toHaveLength(1);
    expect(await payment(lost)).toMatchObject({ status: "SUCCESS", notificationsSent: 0, notificationsDue: 0 });
  });

  it("is repeated although it was accepted", async () => {
    await setFaults({ kind: "repeat_notification", times: 2 });
    await pay();
    for (let run = 0; run < 5; run++) await world.simulator.runDue();
    expect(world.receiver.received).toHaveLength(3);
    expect(new Set(opened().map(({ event }) => event.id)).size).toBe(1);
  });

  it("comes after the one that followed it", async () => {
    await setFaults({ kind: "reorder_notifications" });
    const first = await pay();
    await world.simulator.runDue();
    expect(await payment(first)).toMatchObject({ notificationsSent: 0, notificationsDue: 1 });
    const second = await pay();
    const third = await pay();
    for (let run = 0; run < 3; run++) await world.simulator.runDue();
    const order = opened().map(({ resource }) => resource.out_trade_no);
    expect(order.indexOf(first)).toBeGreaterThan(order.indexOf(second));
    expect([...order].sort()).toEqual([first, second, third].sort());
  });

  it("carries a wrong signature once, then a right one", async () => {
    await setFaults({ kind: "corrupt_notification" });
    await pay();
    world.receiver.answers.push(401);
    await world.simulator.runDue();
    expect(opened).toThrow("bad signature");
    world.receiver.received.length = 0;
    world.clock.advance(15_000);
    await world.simulator.runDue();
    expect(opened()).toHaveLength(1);
  });

  it("reports another amount than was asked, for the payment that it is told for", async () => {
    await world.merchant.order("wrong_amount_1");
    await setFaults({ kind: "wrong_amount", amount: 1, reference: "wrong_amount_1" });
    await pay();
    await world.simulator.act(world.merchant.credentials, "wrong_amount_1", { act: "pay" });
    await world.simulator.runDue();
    const totals = opened().map(({ resource }) => [resource.out_trade_no, resource.amount.total]);
    expect(Object.fromEntries(totals)).toEqual({ wrong_amount_1: 1, [`notify_${number}`]: 8800 });
  });
});

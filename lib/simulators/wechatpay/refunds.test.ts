import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../simulator.ts";
import { openNotification, openWorld, type World } from "./test-merchant.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let number = 0;

async function paidOrder(): Promise<string> {
  const no = `paid_${++number}`;
  await world.merchant.order(no);
  await world.simulator.act(world.merchant.credentials, no, { act: "pay" });
  // Also ends the refunds of earlier tests.
  world.clock.advance(1000);
  await world.simulator.runDue();
  world.receiver.received.length = 0;
  return no;
}

const outcome = (reply: { status: number; json: { code?: string } }) => [reply.status, reply.json?.code];
const query = (outRefundNo: string) => world.merchant.call("GET", `/v3/refund/domestic/refunds/${outRefundNo}`);

it("is in progress first, and a second later succeeds and is notified", async () => {
  const no = await paidOrder();
  const applied = await world.merchant.refund(no, `${no}_r1`, 3000, 8800);
  expect(applied.json).toMatchObject({
    out_refund_no: `${no}_r1`,
    status: "PROCESSING",
    channel: "ORIGINAL",
    amount: { total: 8800, refund: 3000, payer_refund: 3000, currency: "CNY" },
  });
  world.clock.advance(1000);
  await world.simulator.runDue();
  const [received] = world.receiver.received;
  if (!received) throw new Error("no notification came");
  const { event, resource } = openNotification(received, world.merchant.credentials);
  expect(event).toMatchObject({ event_type: "REFUND.SUCCESS", resource: { original_type: "refund" } });
  expect(resource).toEqual({
    mchid: world.merchant.credentials.mchid,
    out_trade_no: no,
    transaction_id: applied.json.transaction_id,
    refund_id: applied.json.refund_id,
    out_refund_no: `${no}_r1`,
    refund_status: "SUCCESS",
    success_time: expect.stringMatching(/\+08:00$/),
    user_received_account: "支付用户零钱",
    amount: { total: 8800, refund: 3000, payer_total: 8800, payer_refund: 3000 },
  });
  expect((await query(`${no}_r1`)).json).toMatchObject({ status: "SUCCESS", success_time: resource.success_time });
  const { mchid } = world.merchant.credentials;
  const order = await world.merchant.call("GET", `/v3/pay/transactions/out-trade-no/${no}?mchid=${mchid}`);
  expect(order.json.trade_state).toBe("REFUND");
});

it("gives the same refund again, and refuses its number for another amount or order", async () => {
  const [no, other] = [await paidOrder(), await paidOrder()];
  const first = await world.merchant.refund(no, `${no}_r1`, 1000, 8800);
  const again = await world.merchant.refund(no, `${no}_r1`, 1000, 8800);
  expect(again.json.refund_id).toBe(first.json.refund_id);
  expect(outcome(await world.merchant.refund(no, `${no}_r1`, 1001, 8800))).toEqual([400, "INVALID_REQUEST"]);
  expect(outcome(await world.merchant.refund(other, `${no}_r1`, 1000, 8800))).toEqual([400, "INVALID_REQUEST"]);
});

it("never gives back more than was paid, also when refunds race", async () => {
  const no = await paidOrder();
  const replies = await Promise.all([1, 2, 3].map((n) => world.merchant.refund(no, `${no}_r${n}`, 4000, 8800)));
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 200, 400]);
  expect(outcome(await world.merchant.refund(no, `${no}_r4`, 801, 8800))).toEqual([400, "INVALID_REQUEST"]);
  expect((await world.merchant.refund(no, `${no}_r5`, 800, 8800)).status).toBe(200);
  const full = await world.merchant.refund(no, `${no}_r6`, 1, 8800);
  expect(full.json.message).toBe("订单已全额退款");
});

describe("is refused", () => {
  it("for a total that is not the order's, for an unpaid and for an unknown order", async () => {
    const no = await paidOrder();
    await world.merchant.order("unpaid_1");
    expect(outcome(await world.merchant.refund(no, "bad_total", 1, 8801))).toEqual([400, "INVALID_REQUEST"]);
    expect(outcome(await world.merchant.refund("unpaid_1", "unpaid", 1, 8800))).toEqual([400, "INVALID_REQUEST"]);
    expect(outcome(await world.merchant.refund("absent_1", "absent", 1, 8800))).toEqual([404, "RESOURCE_NOT_EXISTS"]);
    expect(outcome(await query("absent"))).toEqual([404, "RESOURCE_NOT_EXISTS"]);
  });

  it("without a currency, an order, or a positive amount", async () => {
    const path = "/v3/refund/domestic/refunds";
    const amount = { refund: 1, total: 1, currency: "CNY" };
    for (const body of [
      { out_refund_no: "r", amount },
      { out_refund_no: "r", out_trade_no: "x", amount: { refund: 1, total: 1 } },
      { out_refund_no: "r", out_trade_no: "x", amount: { ...amount, refund: 0 } },
      { out_refund_no: "r?", out_trade_no: "x", amount },
    ]) {
      expect(outcome(await world.merchant.call("POST", path, body))).toEqual([400, "PARAM_ERROR"]);
    }
  });

  it("after a year", async () => {
    const no = await paidOrder();
    const start = world.clock.now();
    // The order was paid a second ago.
    world.clock.advance(365 * 86_400_000 - 1000);
    expect((await world.merchant.refund(no, `${no}_intime`, 1, 8800)).status).toBe(200);
    world.clock.advance(1);
    expect(outcome(await world.merchant.refund(no, `${no}_late`, 1, 8800))).toEqual([400, "INVALID_REQUEST"]);
    world.clock.set(start);
  });
});

describe("by fault", () => {
  const setFaults = (faults: readonly Fault[]) => world.simulator.setFaults(world.merchant.credentials, faults);

  it("ends closed, is notified so, and its money can be refunded under another number", async () => {
    const no = await paidOrder();
    await setFaults([{ kind: "fail_refund" }]);
    expect((await world.merchant.refund(no, `${no}_r1`, 8800, 8800)).json.status).toBe("PROCESSING");
    world.clock.advance(1000);
    await world.simulator.runDue();
    const [received] = world.receiver.received;
    if (!received) throw new Error("no notification came");
    const { event, resource } = openNotification(received, world.merchant.credentials);
    expect([event.event_type, resource.refund_status]).toEqual(["REFUND.CLOSED", "CLOSED"]);
    expect((await world.merchant.refund(no, `${no}_r2`, 8800, 8800)).status).toBe(200);
  });

  it("ends abnormal when it is to fail at the query", async () => {
    const no = await paidOrder();
    await setFaults([{ kind: "fail_refund", operation: "query_refund" }]);
    await world.merchant.refund(no, `${no}_r1`, 8800, 8800);
    world.clock.advance(1000);
    await world.simulator.runDue();
    expect((await query(`${no}_r1`)).json.status).toBe("ABNORMAL");
  });

  it("is refused once for a short balance, and accepted under the same number afterwards", async () => {
    const no = await paidOrder();
    await setFaults([{ kind: "fail_refund", operation: "refund" }]);
    expect(outcome(await world.merchant.refund(no, `${no}_r1`, 8800, 8800))).toEqual([403, "NOT_ENOUGH"]);
    expect((await world.merchant.refund(no, `${no}_r1`, 8800, 8800)).status).toBe(200);
  });

  it("stays in progress for as long as told, for the reference that it is told for", async () => {
    const [slow, usual] = [await paidOrder(), await paidOrder()];
    await setFaults([{ kind: "slow_refund", delayMs: 60_000, reference: slow }]);
    await world.merchant.refund(slow, `${slow}_r1`, 8800, 8800);
    await world.merchant.refund(usual, `${usual}_r1`, 8800, 8800);
    world.clock.advance(59_999);
    await world.simulator.runDue();
    expect((await query(`${slow}_r1`)).json.status).toBe("PROCESSING");
    expect((await query(`${usual}_r1`)).json.status).toBe("SUCCESS");
    world.clock.advance(1);
    await world.simulator.runDue();
    expect((await query(`${slow}_r1`)).json.status).toBe("SUCCESS");
    await setFaults([]);
  });
});

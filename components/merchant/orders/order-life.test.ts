import { describe, expect, it } from "vitest";
import type { Order } from "../api/orders.ts";
import type { Refund } from "../api/refunds.ts";
import { actionsFor, isMoving, refundableOf } from "./order-life.ts";

const now = Date.UTC(2026, 10, 21);

function story(order: Partial<Order>, refunds: Partial<Refund>[] = []) {
  const whole = { status: "paid", amount: 8800, amount_captured: 8800, amount_refunded: 0, ...order } as Order;
  const sent = refunds.map((refund) => ({ source: "merchant", status: "succeeded", ...refund }) as Refund);
  return { order: whole, refunds: sent, timeline: [] };
}

const everything = () => true;

describe("what can be done to an order", () => {
  it.each([
    ["pending", ["close"]],
    ["processing", ["close"]],
    ["authorized", ["capture", "void"]],
    ["paid", ["refund"]],
    ["partially_refunded", ["refund"]],
    ["refunded", []],
    ["closed", []],
    ["expired", []],
  ] as const)("follows its state: %s", (status, actions) => {
    expect(actionsFor(story({ status }), everything)).toEqual(actions);
  });

  it("follows the person's rights", () => {
    expect(actionsFor(story({ status: "paid" }), (permission) => permission !== "refunds:write")).toEqual([]);
    expect(actionsFor(story({ status: "authorized" }), () => false)).toEqual([]);
  });

  it("leaves the refund out once everything is on its way back", () => {
    expect(actionsFor(story({}, [{ amount: 8800, status: "processing" }]), everything)).toEqual([]);
  });
});

describe("what is left to refund", () => {
  it("counts refunds under way, and neither failed ones nor automatic returns of other payments", () => {
    const refunds = [
      { amount: 1000, status: "succeeded" },
      { amount: 2000, status: "processing" },
      { amount: 4000, status: "failed" },
      { amount: 8800, status: "succeeded", source: "surplus" },
    ] as const;
    expect(refundableOf(story({}, [...refunds]))).toBe(5800);
  });
});

describe("an order's page", () => {
  it("asks again while the order is open or a refund is under way, and not for ever", () => {
    expect(isMoving(story({ status: "pending" }), now)).toBe(true);
    expect(isMoving(story({}, [{ status: "pending" }]), now)).toBe(true);
    expect(isMoving(story({}), now)).toBe(false);
  });

  it("waits for the webhook of something that has just happened", () => {
    const entry = {
      at: new Date(now).toISOString(),
      kind: "event",
      title: "order.paid",
      id: "evt_1",
      data: {},
    } as const;
    expect(isMoving({ ...story({}), timeline: [entry] }, now + 5_000)).toBe(true);
    expect(isMoving({ ...story({}), timeline: [entry] }, now + 11_000)).toBe(false);
  });
});

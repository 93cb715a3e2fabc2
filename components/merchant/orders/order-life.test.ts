import { describe, expect, it } from "vitest";
import type { Attempt, Order } from "../api/orders.ts";
import type { Refund } from "../api/refunds.ts";
import { actionsFor, isMoving, refundableOf, spareOf } from "./order-life.ts";

const now = Date.UTC(2026, 10, 21);

function story(order: Partial<Order>, refunds: Partial<Refund>[] = [], attempts: Partial<Attempt>[] = []) {
  const whole = { status: "paid", amount: 8800, amount_captured: 8800, amount_refunded: 0, ...order } as Order;
  const sent = refunds.map((refund) => ({ source: "merchant", status: "succeeded", ...refund }) as Refund);
  return { order: whole, refunds: sent, attempts: attempts as Attempt[], timeline: [] };
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

describe("a payment that the order did not take", () => {
  const second = {
    id: "att_2",
    status: "succeeded",
    disposition: "surplus",
    amount_received: 8800,
    currency: "CNY",
  } as const;
  const first = { ...second, id: "att_1", disposition: "order" } as const;

  it("can be given back while its money is here, and leaves what the order can refund alone", () => {
    const kept = story({}, [{ attempt: "att_2", amount: 800 }], [first, second]);
    expect(spareOf(kept)).toMatchObject({ attempt: { id: "att_2" }, amount: 8000, currency: "CNY" });
    expect(refundableOf(kept)).toBe(8800);
    expect(actionsFor(kept, everything)).toEqual(["refund", "return"]);
    expect(actionsFor(kept, (permission) => permission !== "refunds:write")).toEqual([]);
  });

  it("is there no longer when it is on its way back, and again when that has failed", () => {
    const returned = (status: "processing" | "failed") =>
      story({}, [{ attempt: "att_2", amount: 8800, source: "surplus", currency: "USD", status }], [first, second]);
    expect(spareOf(returned("processing"))).toBeUndefined();
    expect(spareOf(returned("failed"))).toMatchObject({ amount: 8800, currency: "USD" });
  });

  it("is the order's own when it came late and was accepted", () => {
    expect(spareOf(story({}, [], [{ ...second, disposition: "late" }]))).toBeUndefined();
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

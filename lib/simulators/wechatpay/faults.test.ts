import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../simulator.ts";
import { openWorld, type World } from "./test-merchant.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const setFaults = (...faults: Fault[]) => world.simulator.setFaults(world.merchant.credentials, faults);
const exists = async (no: string) => (await world.simulator.payment(world.merchant.credentials, no)) !== undefined;

async function impatientOrder(no: string): Promise<string> {
  const { credentials } = world.merchant;
  const signal = AbortSignal.timeout(300);
  const body = {
    appid: credentials.appid,
    mchid: credentials.mchid,
    description: "两本书",
    out_trade_no: no,
    notify_url: world.receiver.url,
    amount: { total: 1 },
  };
  const reply = await world.merchant.call("POST", "/v3/pay/transactions/native", body, { signal });
  return signal.aborted ? "no answer" : `answered ${reply.status}`;
}

describe("a call gets no answer", () => {
  it("and nothing happened, on timeout", async () => {
    await setFaults({ kind: "timeout", operation: "pay" });
    expect(await impatientOrder("timeout_1")).toBe("no answer");
    expect(await exists("timeout_1")).toBe(false);
    expect(await impatientOrder("timeout_1")).toBe("answered 200");
  });

  it("although it was carried out, on lost answer", async () => {
    await setFaults({ kind: "lost_answer", operation: "pay" });
    expect(await impatientOrder("lost_1")).toBe("no answer");
    expect(await exists("lost_1")).toBe(true);
    expect(await impatientOrder("lost_1")).toBe("answered 200");
  });
});

it("a system error is the provider's own, signed, and leaves nothing behind", async () => {
  await setFaults({ kind: "system_error", operation: "pay", times: 2 });
  for (const no of ["system_1", "system_1"]) {
    const reply = await world.merchant.order(no);
    expect([reply.status, reply.json.code, reply.isSigned]).toEqual([500, "SYSTEM_ERROR", true]);
  }
  expect(await exists("system_1")).toBe(false);
  expect((await world.merchant.order("system_1")).status).toBe(200);
});

it("a fault hits only its operation and its reference", async () => {
  await setFaults(
    { kind: "system_error", operation: "close" },
    { kind: "system_error", operation: "pay", reference: "scoped_1" },
  );
  expect((await world.merchant.order("scoped_2")).status).toBe(200);
  expect((await world.merchant.order("scoped_1")).status).toBe(500);
  const { mchid } = world.merchant.credentials;
  const close = () => world.merchant.call("POST", "/v3/pay/transactions/out-trade-no/scoped_2/close", { mchid });
  expect((await close()).status).toBe(500);
  expect((await close()).status).toBe(204);
});

it("hits no other account", async () => {
  const other = await world.openMerchant();
  await setFaults({ kind: "system_error", operation: "any", times: 9 });
  expect((await other.order("other_1")).status).toBe(200);
});

it("is used up by exactly as many calls as told, when calls race", async () => {
  await setFaults({ kind: "system_error", operation: "pay", times: 3 });
  const replies = await Promise.all(Array.from({ length: 8 }, (_, n) => world.merchant.order(`race_${n}_order`)));
  expect(replies.filter((reply) => reply.status === 500)).toHaveLength(3);
});

it("replaces the faults that were set before", async () => {
  await setFaults({ kind: "system_error", times: 5 });
  await setFaults();
  expect((await world.merchant.order("replaced_1")).status).toBe(200);
});

it("answers late for as long as the fault stands", async () => {
  await setFaults({ kind: "slow", operation: "pay", delayMs: 60 });
  const started = performance.now();
  await world.merchant.order("slow_order_1");
  await world.merchant.order("slow_order_2");
  expect(performance.now() - started).toBeGreaterThanOrEqual(118);
  await setFaults();
});

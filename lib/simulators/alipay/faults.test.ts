import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { openShop, type Shop, signedFields } from "./testing/shop.ts";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  shop = await openShop(database);
});
afterAll(() => database.drop());

const precreate = (number: string, init: RequestInit = {}) =>
  shop.call("alipay.trade.precreate", shop.order(number), {}, init);
const query = (out_trade_no: string) => shop.call("alipay.trade.query", { out_trade_no });
const payment = (number: string) => shop.simulator.payment(shop.credentials, number);

/** The call of a client that gives up after a while; the simulator sees that as the connection's end. */
async function outcomeOf(number: string): Promise<"answered" | "no answer"> {
  const patience = new AbortController();
  const fields = signedFields(shop.credentials, "alipay.trade.precreate", shop.order(number));
  const request = new Request("http://provider.test/gateway.do", {
    method: "POST",
    body: new URLSearchParams(fields),
    signal: patience.signal,
  });
  const answer = Promise.resolve(shop.simulator.app.request(request));
  setTimeout(() => patience.abort(), 400);
  const response = await answer;
  return response.status === 200 ? "answered" : "no answer";
}

describe("calls that go wrong", () => {
  it("time out without an effect, as often as asked", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "timeout", operation: "pay", times: 1 }]);
    expect(await outcomeOf("t1")).toBe("no answer");
    expect(await payment("t1")).toBeUndefined();
    expect(await outcomeOf("t1")).toBe("answered");
  });

  it("lose the answer after they were carried out", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "lost_answer", operation: "pay" }]);
    expect(await outcomeOf("t2")).toBe("no answer");
    expect(await payment("t2")).toMatchObject({ status: "PREPARED" });
    expect(await outcomeOf("t2")).toBe("answered");
  });

  it("answer a system error without an effect", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "system_error", times: 2 }]);
    for (const _ of [1, 2]) {
      expect(await precreate("t3")).toMatchObject({ code: "40004", sub_code: "ACQ.SYSTEM_ERROR", sub_msg: "系统错误" });
    }
    expect(await payment("t3")).toBeUndefined();
    expect(await precreate("t3")).toMatchObject({ code: "10000" });
  });

  it("hit only the operation and the reference that were named", async () => {
    await shop.simulator.setFaults(shop.credentials, [
      { kind: "system_error", operation: "query" },
      { kind: "system_error", operation: "pay", reference: "t5" },
    ]);
    expect(await precreate("t4")).toMatchObject({ code: "10000" });
    expect(await precreate("t5")).toMatchObject({ sub_code: "ACQ.SYSTEM_ERROR" });
    expect(await query("t4")).toMatchObject({ sub_code: "ACQ.SYSTEM_ERROR" });
    expect(await query("t4")).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
  });

  it("are used up exactly as often as asked by calls at the same moment", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "system_error", operation: "pay", times: 3 }]);
    const answers = await Promise.all(["a", "b", "c", "d", "e", "f"].map((number) => precreate(number)));
    expect(answers.filter((answer) => answer.sub_code === "ACQ.SYSTEM_ERROR")).toHaveLength(3);
  });

  it("are slow for as long as the fault is set", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "slow", operation: "query", delayMs: 60 }]);
    for (const _ of [1, 2]) {
      const startedAt = performance.now();
      expect(await query("none")).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
      expect(performance.now() - startedAt).toBeGreaterThan(58);
    }
  });

  it("are replaced by the next ones that are set, and belong to one app", async () => {
    const other = await openShop(database);
    await shop.simulator.setFaults(shop.credentials, [{ kind: "system_error", times: 100 }]);
    expect(await other.call("alipay.trade.precreate", other.order("t6"))).toMatchObject({ code: "10000" });
    await shop.simulator.setFaults(shop.credentials, []);
    expect(await precreate("t6")).toMatchObject({ code: "10000" });
  });

  it("can't be set for an app that is not here", async () => {
    await expect(shop.simulator.setFaults({ app_id: "2021000000000000" }, [])).rejects.toThrow("no such Alipay app");
    await expect(shop.simulator.act(shop.credentials, "never", { act: "pay" })).rejects.toThrow("never");
  });
});

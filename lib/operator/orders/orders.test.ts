import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { operator, type TestOperator } from "#lib/testing/operators";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { choose, openOrder, paidOrder } from "#lib/testing/shop";
import { openTicket } from "#lib/tickets/open-ticket";

let platform: Platform;
let mine: TestMerchant;
let theirs: TestMerchant;
let maker: TestOperator;
let checker: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  [mine, theirs, maker, checker] = await Promise.all([
    platform.merchant({}, ["wechatpay"]),
    platform.merchant({}, ["wechatpay"]),
    operator(platform),
    operator(platform),
  ]);
});
afterAll(() => platform.end());

const as = (who: TestOperator, method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, { ...who.headers });

const approve = async (id: string) => {
  const { now } = (await as(checker, "GET", `/approvals/${id}`)).body;
  return as(checker, "POST", `/approvals/${id}/decide`, { decision: "approve", reason: "Seen", version: now.version });
};

describe("orders of all merchants", () => {
  it("are listed newest first whosever they are, in pages that neither repeat nor skip", async () => {
    const made: string[] = [];
    for (const { ctx } of [mine, theirs, mine, theirs, mine]) made.push((await paidOrder(platform, ctx)).id);
    const wanted = made.reverse();
    const seen: string[] = [];
    let after = "";
    for (;;) {
      const path = `/orders?mode=test&limit=2${after && `&starting_after=${after}`}`;
      const { body } = await as(maker, "GET", path);
      seen.push(...body.data.map((row: { id: string }) => row.id));
      if (!body.has_more) break;
      after = body.data.at(-1).id;
    }
    expect(seen).toEqual(wanted);
    const only = await as(maker, "GET", `/orders?mode=test&merchant=${theirs.merchantId}`);
    expect(only.body.data).toHaveLength(2);
    expect((await as(maker, "GET", "/orders?mode=live")).body.data).toEqual([]);
  });

  it("are found by an attempt's or a refund's id and by the merchant's own number", async () => {
    const order = await paidOrder(platform, theirs.ctx);
    const find = async (text: string) =>
      (await as(maker, "GET", `/orders?mode=test&text=${encodeURIComponent(text)}`)).body.data.map(
        (row: { id: string }) => row.id,
      );
    expect(await find(order.latestAttemptId ?? "")).toEqual([order.id]);
    expect(await find(order.merchantOrderNo)).toContain(order.id);
    expect(await find("nobody's number")).toEqual([]);
  });

  it("tell a lost payment by asking the channel", async () => {
    platform.holdNotifications(true);
    const order = await openOrder(mine.ctx);
    await choose(mine.ctx, order.id, "wechat_pay");
    await actOnOrder(mine.ctx, order.id, { act: "pay" });
    await platform.settle();
    const before = (await as(maker, "GET", `/orders/${order.id}`)).body.order.status;
    const repaired = await as(maker, "POST", `/orders/${order.id}/repair`);
    platform.holdNotifications(false);
    expect(repaired.body.asked).toHaveLength(1);
    expect(before).not.toBe("paid");
    expect((await as(maker, "GET", `/orders/${order.id}`)).body.order.status).toBe("paid");
  });
});

describe("a refund by an operator", () => {
  it("is done at once up to what one person may give, and once for one number", async () => {
    const order = await paidOrder(platform, mine.ctx);
    const wish = { amount: 100, merchant_refund_no: "OP-1", reason: "Broken cup" };
    const first = await as(maker, "POST", `/orders/${order.id}/refund`, wish);
    expect([first.status, first.body.approval]).toEqual([201, null]);
    const again = await as(maker, "POST", `/orders/${order.id}/refund`, wish);
    expect([again.status, again.body.code]).toEqual([409, "duplicate_merchant_refund_no"]);
    await platform.pass(60_000);
    expect((await as(maker, "GET", `/orders/${order.id}`)).body.order.amount_refunded).toBe(100);
    const log = await platform.call(await mine.key(), "GET", "/v1/audit_log?object_id=".concat(order.id));
    expect(log.body.data[0]).toMatchObject({ verb: "order.refund", actor: { type: "operator", id: maker.id } });
  });

  it("waits for a second person above that, and is done by the approval", async () => {
    await platform.owner`insert into parameters (name, value, updated_at, updated_by)
      values ('refund_alone_up_to', '{"CNY": 50}', now(), 'opr_test')
      on conflict (name) do update set value = excluded.value`;
    // Another process has set it: this one's copy lives three seconds.
    const { forgetParameter } = await import("#lib/parameters/parameters");
    forgetParameter("refund_alone_up_to");
    const order = await paidOrder(platform, mine.ctx);
    const wish = { amount: 100, merchant_refund_no: "OP-2", reason: "Broken cup" };
    const asked = await as(maker, "POST", `/orders/${order.id}/refund`, wish);
    expect(asked.body).toMatchObject({ refund: null, approval: { status: "pending", seen: { amount: "100" } } });
    expect((await as(maker, "GET", `/orders/${order.id}`)).body.left_to_refund).toBe(Number(order.amount));
    expect((await approve(asked.body.approval.id)).body.status).toBe("approved");
    await platform.pass(60_000);
    expect((await as(maker, "GET", `/orders/${order.id}`)).body.order.amount_refunded).toBe(100);
    await expectLedgerBalanced(mine.ctx);
  });

  it("is refused above what is left, by the name of the field", async () => {
    const order = await paidOrder(platform, mine.ctx);
    const wish = { amount: Number(order.amount) + 1, merchant_refund_no: "OP-3", reason: "Too much" };
    const answer = await as(maker, "POST", `/orders/${order.id}/refund`, wish);
    expect([answer.status, answer.body.param]).toEqual([400, "amount"]);
  });
});

describe("held money", () => {
  it("leaves the merchant's balance at once, stays while it is held, and comes back when two have said so", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const order = await paidOrder(platform, merchant.ctx);
    const key = await merchant.key();
    const pending = async () => {
      const { body } = await platform.call(key, "GET", "/v1/balances");
      return JSON.stringify(body.data);
    };
    const before = await pending();
    // The fee is no longer there: all of the amount can't be held.
    const whole = await as(maker, "POST", `/orders/${order.id}/freeze`, { reason: "Complaint" });
    expect([whole.status, whole.body.code]).toEqual([409, "balance_too_low"]);
    const held = await as(maker, "POST", `/orders/${order.id}/freeze`, { amount: 500, reason: "Complaint" });
    expect(held.status).toBe(201);
    const twice = await as(checker, "POST", `/orders/${order.id}/freeze`, { amount: 500, reason: "Complaint" });
    expect([twice.status, twice.body.code]).toEqual([409, "order_frozen"]);
    expect(await pending()).not.toBe(before);
    await expectLedgerBalanced(merchant.ctx);
    const asked = await as(maker, "POST", `/orders/${order.id}/release`, { reason: "Settled" });
    expect((await approve(asked.body.id)).body.status).toBe("approved");
    expect(await pending()).toBe(before);
    const gone = await as(maker, "POST", `/orders/${order.id}/release`, { reason: "Settled" });
    expect([gone.status, gone.body.code]).toEqual([409, "order_not_frozen"]);
    await expectLedgerBalanced(merchant.ctx);
  });
});

describe("an order's story", () => {
  it("says by what its shopper can be listed everywhere, and not by an id that is only the merchant's", async () => {
    const customer = { email: "jo@shop.example", id: "42" };
    const order = await openOrder(mine.ctx, { customer });
    const { body } = await as(maker, "GET", `/orders/${order.id}`);
    expect(body.shopper).toEqual([{ kind: "email", value: "jo@shop.example" }]);
  });

  it("names its own tickets and error cases, and no other order's", async () => {
    const [order, other] = [await openOrder(mine.ctx), await openOrder(mine.ctx)];
    const question = { subject: "Where is it", category: "payment", priority: "normal", body: "Paid twice" } as const;
    const asked = await openTicket(mine.ctx, { ...question, order: order.id, attachments: [] });
    const { body } = await as(maker, "GET", `/orders/${order.id}`);
    expect(body.tickets).toEqual([{ id: asked.ticket.id, subject: "Where is it", state: "open" }]);
    expect(body.error_cases).toEqual([]);
    const { body: untouched } = await as(maker, "GET", `/orders/${other.id}`);
    expect(untouched).toMatchObject({ tickets: [], error_cases: [] });
  });
});

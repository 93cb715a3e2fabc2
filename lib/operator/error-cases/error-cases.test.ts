import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followEvents } from "#lib/analytics/follow-events";
import { applyOutcome } from "#lib/attempts/apply-outcome";
import { caseOfEvent } from "#lib/error-cases/case-of-event";
import { checkBookJob } from "#lib/error-cases/check-book";
import { openCase } from "#lib/error-cases/open-case";
import { systemClock } from "#lib/kernel/clock";
import { money } from "#lib/kernel/money";
import { closeOrder } from "#lib/orders/close-order";
import { setOrderFaults } from "#lib/sandbox/drive-order";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { choose, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { watchAttempts } from "./watch-attempts.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;

let platform: Platform;
let support: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  support = await operator(platform, "support");
});
afterAll(() => platform.end());

const shop = (settings = {}) => platform.merchant(settings, ["wechatpay", "stripe"]);
const call = (method: string, path: string, body?: unknown, who = support) =>
  platform.call(undefined, method, `/v1/operator/error_cases${path}`, body, { ...who.headers });

async function casesOf({ ctx, merchantId }: TestMerchant, state = "open") {
  await drainOutbox();
  await followEvents(ctx);
  return (await call("GET", `?merchant=${merchantId}&state=${state}`)).body.data;
}

/** Money for an order that was closed meanwhile. */
async function payLate({ ctx }: TestMerchant) {
  const order = await openOrder(ctx);
  const { attempt } = await choose(ctx, order.id, "wechat_pay");
  await closeOrder(ctx, order.id);
  const outcome = { kind: "approved", reference: "2026", at: ctx.now, captured: true } as const;
  await applyOutcome(ctx, attempt.id, { ...outcome, amount: money(8800n, "CNY") });
  return { order, attempt };
}

describe("an error case", () => {
  it("is opened once by a late payment, with its evidence, and ends when the money has gone back", async () => {
    const merchant = await shop();
    const { attempt } = await payLate(merchant);
    const [opened, ...more] = await casesOf(merchant);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({
      kind: "late_payment",
      object_id: attempt.id,
      order: attempt.orderId,
      livemode: false,
      evidence: { attempt: attempt.id, received_amount: 8800, received_currency: "CNY", order_status: "closed" },
    });
    expect(JSON.stringify(opened)).not.toContain("Tea");
    expect(await casesOf(merchant)).toHaveLength(1);
    await platform.owner`update refunds set status = 'succeeded' where attempt_id = ${attempt.id}`;
    await platform.owner`
      insert into events (merchant_id, id, livemode, type, object_id, order_id, data)
      select merchant_id, replace(id, 're_', 'evt_'), livemode, 'refund.succeeded', id, order_id,
        jsonb_build_object('id', id, 'attempt', attempt_id, 'source', source, 'amount', amount, 'currency', currency)
      from refunds where attempt_id = ${attempt.id}`;
    expect(await casesOf(merchant)).toEqual([]);
    const [ended] = await casesOf(merchant, "resolved");
    expect(ended).toMatchObject({ id: opened.id, ending: "returned_by_itself", outcome: { amount: 8800 } });
  });

  it("is noted as settled when the merchant accepts late payments", async () => {
    const merchant = await shop({ latePayment: "accept" });
    await payLate(merchant);
    expect(await casesOf(merchant)).toEqual([]);
    expect(await casesOf(merchant, "resolved")).toMatchObject([{ kind: "late_payment", ending: "accepted_by_policy" }]);
  });

  it("is opened by a wrong amount", async () => {
    const merchant = await shop();
    const order = await openOrder(merchant.ctx);
    const { attempt } = await choose(merchant.ctx, order.id, "wechat_pay");
    const outcome = { kind: "approved", reference: "2026", at: merchant.ctx.now, captured: true } as const;
    await applyOutcome(merchant.ctx, attempt.id, { ...outcome, amount: money(8801n, "CNY") });
    expect(await casesOf(merchant)).toMatchObject([
      { kind: "wrong_amount", evidence: { order_amount: 8800, received_amount: 8801 } },
    ]);
  });

  it("is opened by a refund that the bank sends back, not by one that fails at once", async () => {
    const merchant = await shop();
    const failing = await paidOrder(platform, merchant.ctx);
    await setOrderFaults(merchant.ctx, failing.id, [{ kind: "fail_refund", times: 1 }]);
    await refund(merchant.ctx, failing.id);
    const bounced = await openOrder(merchant.ctx);
    await choose(merchant.ctx, bounced.id, "card", { token: "pm_card_refundFail" });
    const made = await refund(merchant.ctx, bounced.id);
    await platform.pass(minuteMs);
    expect(await casesOf(merchant)).toMatchObject([{ kind: "refund_taken_back", object_id: made.id }]);
  });

  it("is opened by a payment that stays unknown, and ends when the channel has answered", async () => {
    const merchant = await shop();
    const order = await openOrder(merchant.ctx);
    const { attempt } = await choose(merchant.ctx, order.id, "wechat_pay");
    await platform.owner`update attempts set status = 'unknown', created_at = created_at - interval '2 hours' where id = ${attempt.id}`;
    await watchAttempts(systemClock.now());
    await watchAttempts(systemClock.now());
    const [opened, ...more] = await casesOf(merchant);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({
      kind: "attempt_unknown",
      object_id: attempt.id,
      evidence: { channel: "wechatpay" },
    });
    await platform.owner`update attempts set status = 'failed' where id = ${attempt.id}`;
    await watchAttempts(systemClock.now());
    expect(await casesOf(merchant, "resolved")).toMatchObject([
      { id: opened.id, ending: "settled_by_itself", outcome: { status: "failed" } },
    ]);
  });

  it("is opened by a book that does not hold, and ends when it holds again", async () => {
    const merchant = await shop();
    await paidOrder(platform, merchant.ctx);
    const scope = { merchantId: merchant.merchantId, livemode: false, requestId: "req_test" };
    await checkBookJob.run(scope);
    expect(await casesOf(merchant)).toEqual([]);
    const { owner } = platform;
    await owner`insert into ledger_transactions (merchant_id, id, livemode, kind, reference, occurred_at)
      values (${merchant.merchantId}, 'txn_empty', false, 'correction', 'empty', now())`;
    await checkBookJob.run(scope);
    expect(await casesOf(merchant)).toMatchObject([{ kind: "ledger_check", object_id: "book:test" }]);
    await owner`delete from ledger_transactions where id = 'txn_empty'`;
    await checkBookJob.run(scope);
    expect(await casesOf(merchant)).toEqual([]);
  });

  it("belongs to the merchant that the transaction has named, whatever it is about", async () => {
    const [one, two] = await Promise.all([shop(), shop()]);
    const evidence = { note: "x" };
    await one.ctx.transaction((tx) => openCase(tx, { kind: "ledger_check", objectId: "book:live", evidence }));
    expect(await casesOf(two)).toEqual([]);
    const rights = await platform.owner`select has_table_privilege('gpl_app', 'public.error_cases', 'select') as may`;
    expect(rights).toEqual([{ may: false }]);
  });
});

describe("the work on a case", () => {
  const newCase = async () => {
    const merchant = await shop();
    const evidence = { note: "x" };
    await merchant.ctx.transaction((tx) => openCase(tx, { kind: "ledger_check", objectId: "book:test", evidence }));
    return { merchant, id: (await casesOf(merchant))[0].id as string };
  };

  it("ends with a reason, once; and can be taken up again", async () => {
    const { id } = await newCase();
    expect((await call("PATCH", `/${id}`, { assigned_to: support.id })).body.assigned_to).toMatchObject({
      id: support.id,
    });
    expect((await call("POST", `/${id}/resolve`, { reason: " " })).status).toBe(400);
    const resolved = await call("POST", `/${id}/resolve`, { reason: "Booked by hand." });
    expect(resolved.body).toMatchObject({ state: "resolved", ending: "by_operator", resolution: "Booked by hand." });
    const again = await call("POST", `/${id}/resolve`, { reason: "Twice." });
    expect([again.status, again.body.code]).toEqual([409, "error_case_resolved"]);
    expect((await call("POST", `/${id}/reopen`, { reason: "Not yet." })).body.state).toBe("open");
    const log = await platform.owner<{ verb: string }[]>`
      select verb from operator_log where object_id = ${id} order by number`;
    expect(log.map(({ verb }) => verb)).toEqual(["error_case.assign", "error_case.resolve", "error_case.reopen"]);
  });

  it("is read but not done by somebody who only reads", async () => {
    const { id } = await newCase();
    const auditor = await operator(platform, "auditor");
    expect((await call("GET", `/${id}`, undefined, auditor)).status).toBe(200);
    expect((await call("POST", `/${id}/resolve`, { reason: "x" }, auditor)).status).toBe(403);
  });
});

describe("what an event opens and ends", () => {
  const event = (type: string, data: Record<string, unknown>, hadSucceeded = false) =>
    caseOfEvent({ type, objectId: "re_1", orderId: "ord_1", data, createdAt: new Date(hourMs), hadSucceeded });

  it.each([
    ["an everyday failure of a refund", "refund.failed", { source: "merchant" }, false, []],
    ["an automatic return that failed", "refund.failed", { source: "late" }, false, ["return_failed"]],
    ["a refund that came back", "refund.failed", { source: "merchant" }, true, ["refund_taken_back"]],
    ["a refund of another sum", "refund.amount_mismatch", {}, false, ["refund_wrong_amount"]],
    [
      "a second payment",
      "order.surplus_payment",
      { accepted: false, attempt: { id: "att_1" } },
      false,
      ["second_payment"],
    ],
    ["something else", "order.paid", {}, false, []],
  ])("%s", (_label, type, data, hadSucceeded, kinds) => {
    expect(event(type, data, hadSucceeded).opens.map(({ kind }) => kind)).toEqual(kinds);
  });

  it("keeps nothing of the customer", () => {
    const data = { id: "ord_1", customer: { email: "mei@shop.example" }, metadata: { name: "Mei" }, accepted: false };
    expect(JSON.stringify(event("order.late_payment", data))).not.toMatch(/mei/i);
  });
});

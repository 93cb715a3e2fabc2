import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followEvents } from "#lib/analytics/follow-events";
import { readMailbox } from "#lib/mail/read-mailbox";
import { forgetMerchant } from "#lib/merchants/load-merchant";
import { apply, pdf } from "#lib/onboarding/testing";
import { operator, type TestOperator } from "#lib/testing/operators";
import { colleague } from "#lib/testing/people";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf, choose, nextNumber, openOrder, paidOrder, refund } from "#lib/testing/shop";

let platform: Platform;
let maker: TestOperator;
let checker: TestOperator;
let support: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  [maker, checker, support] = await Promise.all([
    operator(platform, "risk"),
    operator(platform, "compliance"),
    operator(platform, "support"),
  ]);
});
afterAll(() => platform.end());

const as = (who: TestOperator, method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, { ...who.headers });

async function approve(id: string, who = checker) {
  const { body } = await as(who, "GET", `/approvals/${id}`);
  return as(who, "POST", `/approvals/${id}/decide`, {
    decision: "approve",
    reason: "Seen",
    version: body.now?.version,
  });
}

const order = () => ({ merchant_order_no: nextNumber(), amount: 8_800, currency: "CNY", subject: "Tea" });

async function ownerMail({ merchantId }: TestMerchant): Promise<() => Promise<string[]>> {
  const { id } = await colleague(platform, merchantId, "owner");
  const [row] = await platform.owner`select email from users where id = ${id}`;
  return async () => (await readMailbox(row?.email)).map(({ subject }) => subject);
}

describe("a suspension", () => {
  it("stops orders and payments at once, in both modes; refunds and reading go on", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const mails = await ownerMail(merchant);
    const key = await merchant.key();
    const [paid, open] = [await paidOrder(platform, merchant.ctx), await openOrder(merchant.ctx)];
    const path = `/merchants/${merchant.merchantId}`;
    const suspended = await as(maker, "POST", `${path}/suspend`, { reason: "Complaints about deliveries" });
    expect(suspended).toMatchObject({ status: 200, body: { status: "suspended" } });

    const refused = { status: 403, body: { code: "merchant_suspended" } };
    expect(await platform.call(key, "POST", "/v1/orders", order())).toMatchObject(refused);
    await expect(choose(merchant.ctx, open.id, "wechat_pay")).rejects.toMatchObject({ code: "merchant_suspended" });
    await expect(openOrder(merchant.ctx.with({ livemode: true }))).rejects.toMatchObject({
      code: "merchant_suspended",
    });
    expect(await platform.call(key, "PATCH", "/v1/settings", { order_lifetime_minutes: 45 })).toMatchObject(refused);
    expect((await platform.call(key, "GET", "/v1/orders")).status).toBe(200);
    expect((await platform.call(undefined, "GET", `/v1/checkout/${open.id}`)).body).toMatchObject({
      accepts_payments: false,
      methods: [],
    });
    expect((await refund(merchant.ctx, paid.id, 100)).status).toBe("pending");
    expect(await mails()).toEqual(["Payments of Test merchant are suspended"]);
    expect(await as(maker, "POST", `${path}/suspend`, { reason: "Again" })).toMatchObject({
      status: 409,
      body: { code: "merchant_suspended_already" },
    });
  });

  it("is lifted by two people, not by one", async () => {
    const merchant = await platform.merchant({}, []);
    const path = `/merchants/${merchant.merchantId}`;
    expect((await as(maker, "POST", `${path}/resume`, { reason: "Why not" })).body.code).toBe("merchant_not_suspended");
    await as(checker, "POST", `${path}/suspend`, { reason: "Complaints" });
    const proposal = await as(checker, "POST", `${path}/resume`, { reason: "All were answered" });
    expect(proposal).toMatchObject({ status: 201, body: { seen: { suspended_because: "Complaints" } } });
    expect((await approve(proposal.body.id, checker)).body.code).toBe("approval_self");
    await expect(openOrder(merchant.ctx)).rejects.toMatchObject({ code: "merchant_suspended" });
    const other = await operator(platform, "compliance");
    expect((await approve(proposal.body.id, other)).body.status).toBe("approved");
    expect((await openOrder(merchant.ctx)).status).toBe("pending");
    const live = merchant.ctx.with({ livemode: true });
    expect(await auditOf(live, merchant.merchantId)).toEqual([
      "merchant.suspend by operator",
      "merchant.resume by operator",
    ]);
  });

  it("is not for those who answer questions", async () => {
    const { merchantId } = await platform.merchant({}, []);
    const answer = await as(support, "POST", `/merchants/${merchantId}/suspend`, { reason: "Because" });
    expect(answer.status).toBe(403);
    expect((await as(maker, "POST", "/merchants/nobody/suspend", { reason: "Because" })).status).toBe(404);
  });
});

describe("limits", () => {
  async function limited(limits: object): Promise<TestMerchant> {
    const merchant = await platform.merchant({}, ["wechatpay", "alipay"]);
    const body = { tier: "low", limits, reason: "New merchant" };
    const proposal = await as(maker, "POST", `/merchants/${merchant.merchantId}/limits`, body);
    expect((await approve(proposal.body.id)).body.outcome).toMatchObject({ tier: "low", limits });
    return merchant;
  }

  it("refuse an order above its limit, in its own currency only", async () => {
    const { ctx } = await limited({ CNY: { order: 10_000 } });
    await expect(openOrder(ctx, { amount: 10_001 })).rejects.toMatchObject({
      code: "limit_order",
      detail: { limit: "100.00", currency: "CNY" },
    });
    expect((await openOrder(ctx, { amount: 10_000 })).status).toBe("pending");
    expect((await openOrder(ctx, { amount: 10_001, currency: "USD" })).status).toBe("pending");
  });

  it("hide a method that is not for this amount, and refuse it", async () => {
    const { ctx } = await limited({ CNY: { methods: { wechat_pay: 5_000 } } });
    const large = await openOrder(ctx, { amount: 5_001 });
    const { body } = await platform.call(undefined, "GET", `/v1/checkout/${large.id}`);
    expect(new Set(body.methods.map(({ method }: { method: string }) => method))).toEqual(new Set(["alipay"]));
    await expect(choose(ctx, large.id, "wechat_pay")).rejects.toMatchObject({ code: "limit_method" });
  });

  it.each(["day", "month"] as const)("of a %s count what was paid in it", async (span) => {
    const merchant = await limited({ CNY: { [span]: 15_000 } });
    await paidOrder(platform, merchant.ctx, { amount: 10_000 });
    const before = await openOrder(merchant.ctx, { amount: 5_000 });
    await platform.deliverWebhooks();
    await followEvents(merchant.ctx);
    await expect
      .poll(() => openOrder(merchant.ctx, { amount: 5_001 }).then(String, (error) => error.code), { timeout: 5_000 })
      .toBe(`limit_${span}`);
    expect((await choose(merchant.ctx, before.id, "alipay")).attempt.status).toBe("requires_action");
  });

  it("that nobody could mean are refused", async () => {
    const { merchantId } = await platform.merchant({}, []);
    for (const limits of [{ ZZZ: { order: 1 } }, { CNY: { order: 0 } }, { CNY: { year: 1 } }]) {
      const answer = await as(maker, "POST", `/merchants/${merchantId}/limits`, { tier: "low", limits, reason: "x" });
      expect(answer.status).toBe(400);
    }
  });
});

describe("the list of merchants", () => {
  it("is found by name, state and tier, with what was taken in thirty days", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    await platform.owner`update merchants set name = 'Moon 100% Tea', tier = 'high' where merchant_id = ${merchant.merchantId}`;
    await paidOrder(platform, merchant.ctx);
    await platform.deliverWebhooks();
    await followEvents(merchant.ctx);
    const found = await as(support, "GET", "/merchants?q=100%25&tier=high&status=active");
    expect(found.body.data).toMatchObject([
      { id: merchant.merchantId, volumes: [{ livemode: false, currency: "CNY", payments: 1, gross: 8_800 }] },
    ]);
    expect((await as(support, "GET", "/merchants?q=0_Tea")).body.data).toEqual([]);
  });
});

describe("a note", () => {
  it("is read by operators and not by the merchant", async () => {
    const merchant = await platform.merchant({}, []);
    const path = `/merchants/${merchant.merchantId}/notes`;
    expect((await as(maker, "POST", path, { text: "Called them" })).status).toBe(201);
    expect((await as(support, "GET", path)).body.data).toMatchObject([{ text: "Called them", operator: "Olga risk" }]);
    await expect(merchant.ctx.transaction((tx) => tx.db.execute("select 1 from merchant_notes"))).rejects.toMatchObject(
      { cause: { code: "42501" } },
    );
    expect(await auditOf(merchant.ctx.with({ livemode: true }), merchant.merchantId)).toEqual([]);
  });
});

describe("an application", () => {
  const items = [
    "identity",
    "registration",
    "beneficial_owners",
    "sanctions",
    "bank_account",
    "website",
    "category_risk",
  ] as const;
  const check = (id: string, item: string, passed = true) =>
    as(maker, "POST", `/applications/${id}/checks`, { item, is_passed: passed, note: "Compared with the register" });

  async function applied() {
    const merchant = await platform.merchant({}, []);
    const id = merchant.merchantId;
    await platform.owner`update merchants set live_status = 'not_applied' where merchant_id = ${id}`;
    forgetMerchant(id);
    const owner = await colleague(platform, id, "owner");
    return { merchant, id, owner, files: await apply(platform, owner.headers) };
  }

  it("opens live mode when the list is complete and two people agree", async () => {
    const { merchant, id, files } = await applied();
    const mails = await ownerMail(merchant);
    const queue = await as(support, "GET", "/applications");
    expect(queue.body.data.map((one: { id: string }) => one.id)).toContain(id);
    const proposed = () => as(maker, "POST", `/applications/${id}/approve`, { reason: "All in order" });
    expect(await proposed()).toMatchObject({ status: 409, body: { code: "application_checks_incomplete" } });
    for (const item of items) await check(id, item);
    const paper = await fetch(`${platform.origin}/v1/operator/applications/${id}/documents/${files[0]}`, {
      headers: maker.headers,
    });
    expect(Buffer.from(await paper.arrayBuffer())).toEqual(pdf);
    const { body } = await proposed();
    expect(body.seen).toMatchObject({ registration_number: "91350100M000100Y43", documents: 3 });
    expect((await approve(body.id)).body.status).toBe("approved");
    expect((await openOrder(merchant.ctx.with({ livemode: true }))).livemode).toBe(true);
    expect(await mails()).toEqual(["Test merchant may take real payments"]);
    const looks = await platform.owner`
      select verb from operator_log where about_merchant = ${id} and verb like 'application.open%'`;
    expect(looks).toHaveLength(1);
  });

  it("that was sent again has to be checked again", async () => {
    const { id, owner } = await applied();
    for (const item of items) await check(id, item);
    const asked = await as(maker, "POST", `/applications/${id}/ask`, { message: "Which web site?" });
    expect(asked.body.application).toMatchObject({ status: "information_asked", message: "Which web site?" });
    const own = await platform.call(undefined, "GET", "/v1/application", undefined, { ...owner.headers });
    expect(own.body.message).toBe("Which web site?");
    const again = await platform.call(undefined, "POST", "/v1/application/submit", undefined, { ...owner.headers });
    expect(again.body.status).toBe("submitted");
    const { body } = await as(maker, "GET", `/applications/${id}`);
    expect(body.checks.filter((one: { is_done: boolean }) => one.is_done)).toEqual([]);
    expect((await as(maker, "POST", `/applications/${id}/approve`, { reason: "x" })).status).toBe(409);
  });

  it("can be refused with a reason, and only once", async () => {
    const { id } = await applied();
    const refuse = () => as(maker, "POST", `/applications/${id}/reject`, { message: "We take no games of chance" });
    expect((await refuse()).body.application.status).toBe("rejected");
    expect(await refuse()).toMatchObject({ status: 409, body: { code: "application_not_submitted" } });
    expect(await check(id, "identity")).toMatchObject({ status: 409, body: { code: "application_not_submitted" } });
  });

  it("is not shown to those who only may look", async () => {
    const { id, files } = await applied();
    expect((await as(support, "GET", `/applications/${id}`)).status).toBe(403);
    expect((await as(support, "GET", `/applications/${id}/documents/${files[0]}`)).status).toBe(403);
  });
});

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { follow } from "#lib/analytics/testing";
import { sealAuditLog, verifyAuditLog } from "#lib/audit/seal";
import { requestExport } from "#lib/exports/request-export";
import { createExportSchema } from "#lib/exports/schemas";
import { runSchedule, schedules } from "#lib/jobs/schedules";
import { writeRequests } from "#lib/request-log/keep-request";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { search } from "#lib/search/search";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { choose, openOrder, orderOf } from "#lib/testing/shop";
import { retentionRules } from "./retention-rules.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const email = "Lin.Yue@example.com";
const customer = { id: "cust-4711", email, name: "林悦 Lin Yue", phone: "+8613800001111", country: "CN" };

/** An order of the person's, paid over the API and the checkout, so that every place that keeps something of it does. */
async function boughtBy(merchant: TestMerchant, key: string, who: Record<string, string> = customer) {
  const made = await platform.call(key, "POST", "/v1/orders", {
    merchant_order_no: `P-${Math.random()}`,
    amount: 8800,
    currency: "CNY",
    subject: "Tea",
    description: `For ${who.name}`,
    customer: who,
    metadata: { ship_to: `${who.name}, Shanghai`, basket: "12" },
    return_url: `https://shop.example/thanks?mail=${encodeURIComponent(who.email ?? "")}`,
  });
  expect(made.status).toBe(201);
  const orderId = made.body.id as string;
  const shopper = merchant.ctx.with({ actor: { type: "shopper", id: "checkout", ip: "203.0.113.9" } });
  await choose(shopper, orderId, "wechat_pay", { ip: "203.0.113.9" });
  await actOnOrder(merchant.ctx, orderId, { act: "pay" });
  await platform.settle();
  return orderId;
}

const indexed = ({ ctx }: TestMerchant) => follow(ctx);

const later = async () => {
  await platform.pass(10_000);
  await platform.settle();
};

/** Every row of the merchant, in every table, as text. */
async function everythingOf(merchantId: string): Promise<string> {
  const tables = await platform.owner<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'merchant_id'
      and table_name not in ('idempotency_keys')`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await platform.owner`
      select to_jsonb(t)::text as row from ${platform.owner(name)} t where merchant_id = ${merchantId}`;
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return texts.join("\n");
}

describe("erasure", () => {
  it("leaves nothing that names the person, keeps the money, and breaks no chain", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const key = await merchant.key();
    const orderId = await boughtBy(merchant, key);
    const other = await boughtBy(merchant, key, { id: "cust-1", email: "other@example.com", name: "Ann Other" });
    await requestExport(merchant.ctx, createExportSchema.parse({ object: "orders", format: "csv" }));
    await indexed(merchant);
    await writeRequests();
    while ((await sealAuditLog(merchant.ctx, { minimumAgeMs: 0 })) === 0);
    const before = await verifyAuditLog(merchant.ctx);
    const found = await merchant.ctx.transaction((tx) => search(tx, { text: email, limit: 5, canSeeRefunds: true }));
    expect(found).toHaveLength(1);

    const asked = await platform.call(key, "POST", "/v1/privacy/erasures", { email: email.toUpperCase() });
    expect(asked).toMatchObject({ status: 201, body: { status: "pending", subject_hint: "L***@EXAMPLE.COM" } });
    await writeRequests();
    await later();
    const done = await platform.call(key, "GET", `/v1/privacy/requests/${asked.body.id}`);
    expect(done.body).toMatchObject({ kind: "erasure", status: "succeeded", orders: 1, has_file: false });

    const left = await everythingOf(merchant.merchantId);
    for (const trace of [email, "林悦", "Lin Yue", "13800001111", "cust-4711", "203.0.113.9"]) {
      const rows = left.split("\n").filter((row) => row.toLowerCase().includes(trace.toLowerCase()));
      // The other shopper came from the same address.
      expect(
        rows.filter((row) => !row.includes(other)).filter((row) => trace !== "203.0.113.9" || row.includes(orderId)),
      ).toEqual([]);
    }
    expect(await orderOf(merchant.ctx, orderId)).toMatchObject({
      status: "paid",
      amountCaptured: 8800n,
      customer: null,
      metadata: { ship_to: "[erased], Shanghai", basket: "12" },
      description: "For [erased]",
    });
    expect(await orderOf(merchant.ctx, other)).toMatchObject({ customer: { email: "other@example.com" } });
    await expectLedgerBalanced(merchant.ctx);
    const after = await verifyAuditLog(merchant.ctx);
    expect(after.broken).toBeUndefined();
    expect(after.head).toBe(before.head);
    expect(await merchant.ctx.transaction((tx) => search(tx, { text: email, limit: 5, canSeeRefunds: true }))).toEqual(
      [],
    );
  });

  it("does nothing twice under one Idempotency-Key, and finds nobody the second time", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const key = await merchant.key();
    await boughtBy(merchant, key);
    const headers = { "idempotency-key": "erase-1" };
    const ask = () => platform.call(key, "POST", "/v1/privacy/erasures", { phone: customer.phone }, headers);
    const [first, again] = [await ask(), await ask()];
    expect(again.body.id).toBe(first.body.id);
    await later();
    const second = await platform.call(key, "POST", "/v1/privacy/erasures", { phone: customer.phone });
    await later();
    const told = await platform.call(key, "GET", "/v1/privacy/requests");
    expect(told.body.data).toMatchObject([
      { id: second.body.id, status: "succeeded", orders: 0 },
      { id: first.body.id, status: "succeeded", orders: 1 },
    ]);
  });

  it("ends the files that were made of the person by another name, and nobody else's", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const key = await merchant.key();
    await boughtBy(merchant, key);
    const neighbour = { id: "cust-1", email: `${email[0]}other@example.com`, name: "Ann Other" };
    await boughtBy(merchant, key, neighbour);
    const ask = (what: string, body: object) => platform.call(key, "POST", `/v1/privacy/${what}`, body);
    const theirs = await ask("exports", { phone: customer.phone });
    const anothers = await ask("exports", { email: neighbour.email });
    await later();
    const erasure = await ask("erasures", { email });
    expect(erasure.body.subject_hint).toBe(anothers.body.subject_hint);
    await later();
    const told = await platform.call(key, "GET", "/v1/privacy/requests");
    expect(told.body.data).toMatchObject([
      { id: erasure.body.id, status: "succeeded", orders: 1 },
      { id: anothers.body.id, has_file: true },
      { id: theirs.body.id, has_file: false },
    ]);
  });

  it("does not let anybody change an activity log entry beside forgetting", async () => {
    const merchant = await platform.merchant({}, []);
    await openOrder(merchant.ctx);
    const forged = platform.owner`
      update audit_log set personal_digest = 'old', ip = '198.51.100.1' where merchant_id = ${merchant.merchantId}`;
    await expect(forged).rejects.toThrow("audit_log_forgotten_whole");
  });
});

describe("export", () => {
  it("tells everything that is stored of the person, of nobody else, and only to who may see it", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const stranger = await platform.merchant({}, []);
    const key = await merchant.key();
    const orderId = await boughtBy(merchant, key);
    await boughtBy(merchant, key, { id: "cust-1", email: "other@example.com", name: "Ann Other" });
    const asked = await platform.call(key, "POST", "/v1/privacy/exports", { customer: customer.id });
    await later();
    const path = `/v1/privacy/requests/${asked.body.id}/file`;
    const file = (await platform.call(key, "GET", path)).body;
    expect(file.orders).toHaveLength(1);
    expect(file.orders[0]).toMatchObject({ id: orderId, customer, attempts: [{ status: "succeeded" }] });
    expect(file.orders[0].channel_notifications.length).toBeGreaterThan(0);
    expect(file.orders[0].visits).toContainEqual(expect.objectContaining({ ip: "203.0.113.9" }));
    expect(file.retention.length).toBeGreaterThan(5);
    expect((await platform.call(await stranger.key(), "GET", path)).status).toBe(404);

    await platform.owner`update privacy_requests set expires_at = now() - interval '1 day'`;
    await runSchedule("forget_personal_data");
    expect(await platform.call(key, "GET", path)).toMatchObject({ status: 409, body: { code: "privacy_no_file" } });
  });

  it("refuses a request that names nobody", async () => {
    const merchant = await platform.merchant({}, []);
    const answer = await platform.call(await merchant.key(), "POST", "/v1/privacy/exports", {});
    expect(answer).toMatchObject({ status: 400, body: { param: "email" } });
  });
});

describe("retention", () => {
  it("forgets addresses after half a year and notifications after 540 days, and not before", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const orderId = await boughtBy(merchant, await merchant.key());
    const { owner } = platform;
    const state = async () => {
      const [row] = await owner`
        select (select count(*)::int from audit_log where merchant_id = ${merchant.merchantId} and ip = '203.0.113.9') as visits,
          (select count(*)::int from channel_notifications where order_id = ${orderId} and body <> '[erased]') as bodies`;
      return { ...row };
    };
    const kept = await state();
    expect(kept).toEqual({ visits: expect.any(Number), bodies: 1 });
    expect(kept.visits).toBeGreaterThan(0);
    const day = 24 * 3_600_000;
    await runSchedule("forget_personal_data", new Date(Date.now() + 170 * day));
    expect(await state()).toEqual(kept);
    await runSchedule("forget_personal_data", new Date(Date.now() + 181 * day));
    expect(await state()).toEqual({ visits: 0, bodies: 1 });
    await runSchedule("forget_personal_data", new Date(Date.now() + 541 * day));
    expect(await state()).toEqual({ visits: 0, bodies: 0 });
  });
});

it("says in docs/privacy.md what the rules say", () => {
  const page = readFileSync(new URL("../../docs/privacy.md", import.meta.url), "utf8");
  for (const { data, holds, days, reason, erasure } of retentionRules) {
    expect(page).toContain(`| ${data} | ${holds} | ${days ?? "–"} | ${reason} | ${erasure} |`);
  }
});

it.each(retentionRules.filter((rule) => "schedule" in rule))("has the schedule that ends $data", (rule) => {
  expect(Object.keys(schedules)).toContain(rule.schedule);
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptCredentials } from "#lib/channel-accounts/load-account";
import { newBrowser } from "#lib/checkout/browser-cookie";
import { PaymentRefused } from "#lib/lists/errors";
import { addPlatformEntry, removePlatformEntry } from "#lib/operator/lists/entries";
import { orderTimeline } from "#lib/orders/timeline";
import { atTestTime } from "#lib/test-clock/at-test-time";
import { moveClock } from "#lib/test-clock/move-clock";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { attemptsOfOrder, auditOf, choose, nextNumber, openOrder } from "#lib/testing/shop";
import { addEntry } from "./add-entry.ts";
import type { NewEntry } from "./draft.ts";
import { removeEntry } from "./remove-entry.ts";

let platform: Platform;
let risk: TestOperator;
let shop: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  risk = await operator(platform, "risk");
  shop = await platform.merchant({}, ["stripe", "wechatpay"]);
});
afterAll(() => platform.end());

const mail = () => `${nextNumber("jo").toLowerCase()}@shop.example`;
const entry = (kind: NewEntry["kind"], value: string, change: Partial<NewEntry> = {}): NewEntry => ({
  action: "block",
  kind,
  value,
  reason: "Stolen cards",
  ...change,
});

/** What becomes of a WeChat payment by this shopper. */
async function pay(
  customer: Record<string, string>,
  input: Parameters<typeof choose>[3] = {},
  { ctx }: Pick<TestMerchant, "ctx"> = shop,
) {
  const order = await openOrder(ctx, { customer });
  const result = await choose(ctx, order.id, "wechat_pay", input).then(
    () => "taken",
    (error: unknown) => (error instanceof PaymentRefused ? "refused" : Promise.reject(error)),
  );
  return { order, result };
}

/** What the provider's card fields make of a number. */
async function tokenOf(number: string): Promise<string> {
  const { stripe } = shop.accounts;
  const { publishable_key: key } = stripe ? keptCredentials(stripe) : {};
  const card = { "card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2034", "card[cvc]": "123" };
  const answer = await fetch(`${platform.origin}/sim/stripe/v1/payment_methods`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ type: "card", ...card }),
  });
  return ((await answer.json()) as { id: string }).id;
}

describe("a blocked shopper", () => {
  it("is refused before the channel is asked, and the merchant reads why", async () => {
    const email = mail();
    const blocked = await addEntry(shop.ctx, entry("email", email.toUpperCase()));
    const { order, result } = await pay({ email });
    expect(result).toBe("refused");
    expect(await attemptsOfOrder(shop.ctx, order.id)).toEqual([]);
    const story = await shop.ctx.transaction((tx) => orderTimeline(tx, order.id));
    expect(story.find(({ kind }) => kind === "refusal")).toMatchObject({
      title: "refusal.merchant",
      data: {
        method: "wechat_pay",
        kind: "email",
        entry: blocked.id,
        hint: "j***@shop.example",
        reason: "Stolen cards",
      },
    });
    expect(await auditOf(shop.ctx, order.id)).toContain("payment.refuse by api_key");
    await removeEntry(shop.ctx, blocked.id);
    expect((await pay({ email })).result).toBe("taken");
  });

  it("is told nothing but that this payment can't be taken", async () => {
    const email = mail();
    await addEntry(shop.ctx, entry("email", email));
    const order = await openOrder(shop.ctx, { customer: { email } });
    const path = `/v1/checkout/${order.id}/attempts`;
    const answer = await platform.call(undefined, "POST", path, { method: "wechat_pay" });
    expect(answer).toMatchObject({ status: 409, body: { code: "payment_refused" } });
    expect(JSON.stringify(answer.body)).not.toMatch(/list|block|Stolen/);
  });

  it.each([
    ["a domain", "email", "@bad.example", { email: "who@bad.example" }, {}],
    ["a customer's id", "customer", "cus_77", { id: "cus_77" }, {}],
    ["a range of addresses", "ip", "198.51.100.0/24", {}, { ip: "198.51.100.9" }],
    ["an IPv6 network", "ip", "2001:db8:7::/48", {}, { ip: "2001:db8:7::1" }],
  ] as const)("is known by %s", async (_label, kind, value, customer, input) => {
    await addEntry(shop.ctx, entry(kind, value));
    expect((await pay(customer, input)).result).toBe("refused");
    expect((await pay({ email: mail() }, { ip: "192.0.2.1" })).result).toBe("taken");
  });

  it("is known by the browser, whose name stands at the attempt", async () => {
    const browser = newBrowser();
    const first = await openOrder(shop.ctx);
    const headers = { cookie: `other=1; gpl_browser=${browser}`, "sec-fetch-site": "same-origin" };
    const path = (id: string) => `/v1/checkout/${id}/attempts`;
    await platform.call(undefined, "POST", path(first.id), { method: "wechat_pay" }, headers);
    const { body } = await platform.call(await shop.key(), "GET", `/v1/orders/${first.id}/attempts`);
    expect(body.data[0].device).toMatch(/^dvc_[0-9a-f]{24}$/);
    await addEntry(shop.ctx, entry("device", body.data[0].device));
    const next = await openOrder(shop.ctx);
    const refused = await platform.call(undefined, "POST", path(next.id), { method: "wechat_pay" }, headers);
    expect(refused.body.code).toBe("payment_refused");
    const other = { ...headers, cookie: `gpl_browser=${newBrowser()}` };
    expect((await platform.call(undefined, "POST", path(next.id), { method: "wechat_pay" }, other)).status).toBe(201);
  });

  it("is known by the card, also under another token, and is not charged", async () => {
    const { ctx } = shop;
    const paid = await openOrder(ctx, { currency: "USD" });
    const { attempt } = await choose(ctx, paid.id, "card", { token: await tokenOf("4242424242424242") });
    const fingerprint = attempt.details?.fingerprint ?? "";
    expect(fingerprint).toMatch(/^\w{16}$/);
    const blocked = await addEntry(ctx, entry("card", fingerprint));
    const order = await openOrder(ctx, { currency: "USD" });
    const token = await tokenOf("4242424242424242");
    await expect(choose(ctx, order.id, "card", { token })).rejects.toThrow("payment_refused");
    expect(await attemptsOfOrder(ctx, order.id)).toEqual([]);
    const other = await choose(ctx, order.id, "card", { token: await tokenOf("5555555555554444") });
    expect(other.order.status).toBe("paid");
    await removeEntry(ctx, blocked.id);
  });
});

describe("which list wins", () => {
  it.each([
    ["the platform's block holds everywhere", ["block"], [], "refused"],
    ["the platform's allow lifts only its own block", ["allow"], ["block"], "refused"],
    ["a merchant's allow lifts the platform's block", ["block"], ["allow"], "taken"],
    ["a merchant's block holds beside the platform's allow", ["allow"], ["block"], "refused"],
  ] as const)("%s", async (_label, common, own, expected) => {
    const email = mail();
    for (const action of common) await addPlatformEntry(risk.octx, entry("email", email, { action }));
    for (const action of own) await addEntry(shop.ctx, entry("email", email, { action }));
    expect((await pay({ email })).result).toBe(expected);
  });

  it("lets a merchant allow one address of a domain that it blocks", async () => {
    const domain = `${nextNumber("d").toLowerCase()}.example`;
    await addEntry(shop.ctx, entry("email", `@${domain}`));
    await addEntry(shop.ctx, entry("email", `good@${domain}`, { action: "allow" }));
    expect((await pay({ email: `bad@${domain}` })).result).toBe("refused");
    expect((await pay({ email: `good@${domain}` })).result).toBe("taken");
  });

  it("tells the merchant that it was the platform's list, and not what stands there", async () => {
    const email = mail();
    const { id } = await addPlatformEntry(risk.octx, entry("email", email, { reason: "Chargebacks at another shop" }));
    const { order } = await pay({ email });
    const story = await shop.ctx.transaction((tx) => orderTimeline(tx, order.id));
    const refusal = story.find(({ kind }) => kind === "refusal");
    expect(refusal?.data).toEqual({ method: "wechat_pay", list: "platform", kind: "email" });
    await removePlatformEntry(risk.octx, id);
    expect((await pay({ email })).result).toBe("taken");
  });
});

describe("an entry", () => {
  it("ends by the merchant's own clock, and may then be added anew", async () => {
    const merchant = await platform.merchant({}, ["wechatpay"]);
    const email = mail();
    const tomorrow = new Date(merchant.ctx.now.getTime() + 86_400_000).toISOString();
    const first = await addEntry(merchant.ctx, entry("email", email, { expires_at: tomorrow }));
    expect((await pay({ email }, {}, merchant)).result).toBe("refused");
    await moveClock(merchant.ctx, { advance_seconds: 86_460 });
    const later = { ctx: await atTestTime(merchant.ctx) };
    expect((await pay({ email }, {}, later)).result).toBe("taken");
    expect((await addEntry(later.ctx, entry("email", email))).id).not.toBe(first.id);
    expect((await pay({ email }, {}, later)).result).toBe("refused");
  });

  it("can't end before it begins, and stands on the list once, also when two add it at once", async () => {
    const past = { expires_at: "2020-01-01T00:00:00Z" };
    await expect(addEntry(shop.ctx, entry("email", mail(), past))).rejects.toMatchObject({ code: "list_expiry_past" });
    const email = mail();
    const twice = await Promise.allSettled([1, 2].map(() => addEntry(shop.ctx, entry("email", email))));
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(addEntry(shop.ctx, entry("email", email, { action: "allow" }))).rejects.toMatchObject({
      code: "list_entry_exists",
    });
  });

  it("is of no effect at another merchant or in the other mode, and of no use to it", async () => {
    const other = await platform.merchant({}, ["wechatpay"]);
    const email = mail();
    const { id, match } = await addEntry(shop.ctx, entry("email", email));
    expect((await pay({ email }, {}, other)).result).toBe("taken");
    await expect(removeEntry(other.ctx, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeEntry(shop.ctx.with({ livemode: true }), id)).rejects.toMatchObject({ code: "not_found" });
    expect((await addEntry(other.ctx, entry("email", email))).match).not.toBe(match);
  });

  it("keeps no value that could be read", async () => {
    const email = mail();
    await addEntry(shop.ctx, entry("email", email));
    const [row] = await platform.owner`select t::text as text from list_entries t order by created_at desc limit 1`;
    expect(row?.text).toContain("j***@shop.example");
    expect(row?.text).not.toContain(email.split("@")[0]);
  });
});

describe("over the API", () => {
  it("counts an import before it is made, names what can't be read, and finds an entry by its whole value", async () => {
    const merchant = await platform.merchant({}, []);
    const key = await merchant.key();
    const text = "email,since\nann@shop.example,2024\nANN+2@shop.example\nnobody\n\nbob@shop.example";
    const body = { action: "block", kind: "email", reason: "Old list", text };
    const load = (change: object) => platform.call(key, "POST", "/v1/list_entries/import", { ...body, ...change });
    const counts = { added: 2, present: 0, repeated: 1, invalid: 1, invalid_lines: [{ line: 4, text: "nobody" }] };
    expect((await load({ dry_run: true })).body).toMatchObject({ ...counts, dry_run: true });
    expect((await platform.call(key, "GET", "/v1/list_entries")).body.data).toEqual([]);
    expect((await load({})).body).toMatchObject(counts);
    expect((await load({ dry_run: true })).body).toMatchObject({ added: 0, present: 2 });
    const found = await platform.call(key, "GET", "/v1/list_entries?kind=email&value=Bob@shop.example");
    expect(found.body.data).toMatchObject([{ hint: "b***@shop.example", reason: "Old list" }]);
    const bare = await platform.call(key, "GET", "/v1/list_entries?value=bob@shop.example");
    expect(bare).toMatchObject({ status: 400, body: { param: "kind" } });
    const gone = await platform.call(key, "DELETE", `/v1/list_entries/${found.body.data[0].id}`);
    expect(gone).toMatchObject({ status: 200, body: { deleted: true } });
  });

  it("lets an operator block for all, and records it", async () => {
    const email = mail();
    const path = "/v1/operator/list_entries";
    const made = await platform.call(undefined, "POST", path, entry("email", email), risk.headers);
    expect(made).toMatchObject({ status: 201, body: { hint: "j***@shop.example", created_by: "Olga risk" } });
    expect((await pay({ email })).result).toBe("refused");
    expect((await platform.call(undefined, "DELETE", `${path}/${made.body.id}`, undefined, risk.headers)).status).toBe(
      200,
    );
    const rows = await platform.owner`select verb from operator_log where object_id = ${made.body.id} order by number`;
    expect(rows.map(({ verb }) => verb)).toEqual(["list.add", "list.remove"]);
  });
});

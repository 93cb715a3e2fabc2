import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Colleague, colleague } from "#lib/testing/people";
import { type Platform, startPlatform } from "#lib/testing/platform";

let platform: Platform;
let reader: Colleague;
let writer: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  const merchant = await platform.merchant({}, []);
  reader = await colleague(platform, merchant.merchantId, "read_only");
  writer = await operator(platform, "support");
});
afterAll(() => platform.end());

const read = (path: string, locale: string) =>
  platform.call(undefined, "GET", `/v1/articles${path}`, undefined, { ...reader.headers, "x-locale": locale });
const write = (path: string, body: unknown, who = writer) =>
  platform.call(undefined, "POST", `/v1/operator/articles${path}`, body, { ...who.headers });
const search = async (text: string, locale: string) =>
  (await read(`?search=${encodeURIComponent(text)}`, locale)).body.data.map(({ id }: { id: string }) => id);

describe("the articles that come with the product", () => {
  it("are the same six in both languages", async () => {
    const slugs = async (locale: string) =>
      (await read("", locale)).body.data.map(({ id }: { id: string }) => id).sort();
    const english = await slugs("en");
    expect(english).toHaveLength(6);
    expect(await slugs("zh-CN")).toEqual(english);
    expect(await slugs("zh-TW")).toEqual(english);
  });

  it.each([
    ["en", "why was a card declined", "declined-payments"],
    ["en", "refunding", "refunds"],
    ["en", "webhook does not arr", "webhooks-not-arriving"],
    ["zh-CN", "退款多久到账", "refunds"],
    ["zh-CN", "测试时钟", "test-clock"],
    ["zh-CN", "为什么支付被拒绝", "declined-payments"],
    ["zh-TW", "Webhook", "webhooks-not-arriving"],
  ])("are found in %s by %s", async (locale, text, slug) => {
    expect((await search(text, locale))[0]).toBe(slug);
  });

  it.each(["zyxwv", "！？", "'; drop table articles --", "a & | ! ( )", "\\"])(
    "answer %s without a fault",
    async (text) => {
      const answer = await read(`?search=${encodeURIComponent(text)}`, "en");
      expect(answer.status).toBe(200);
      expect(answer.body.data.length).toBeLessThanOrEqual(6);
    },
  );
});

describe("an article", () => {
  it("is seen by nobody until it is published, and then as it was published", async () => {
    const first = { slug: "holiday", category: "payments", locale: "en", title: "Holidays", body: "Banks rest." };
    const made = await write("", first);
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect((await read("/holiday", "en")).status).toBe(404);
    await write(`/${id}/publish`, { locale: "en" });
    expect((await read("/holiday", "en")).body).toMatchObject({ title: "Holidays", body: "Banks rest.", locale: "en" });
    expect((await read("/holiday", "zh-CN")).body.locale).toBe("en");

    const changed = await write(`/${id}/drafts`, { locale: "en", title: "Holidays", body: "Banks rest, we don't." });
    expect(changed.body.versions).toMatchObject([
      { version: 2, state: "draft", is_shown: false },
      { version: 1, state: "published", is_shown: true },
    ]);
    await write(`/${id}/drafts`, { locale: "en", title: "Holidays", body: "Third try." });
    expect((await read("/holiday", "en")).body.body).toBe("Banks rest.");
    expect((await write(`/${id}/publish`, { locale: "en" })).body.versions).toHaveLength(2);
    expect((await read("/holiday", "en")).body.body).toBe("Third try.");
    expect(await search("third", "en")).toEqual(["holiday"]);
    await write(`/${id}/withdraw`, { locale: "en" });
    expect((await read("/holiday", "en")).status).toBe(404);
    const log = await platform.owner<{ verb: string }[]>`
      select verb from operator_log where object_id = ${id} order by number`;
    expect(log.map(({ verb }) => verb)).toEqual([
      "article.create",
      "article.publish",
      "article.draft",
      "article.draft",
      "article.publish",
      "article.withdraw",
    ]);
  });

  it("keeps its address to itself, and publishes no language that is not written", async () => {
    const taken = await write("", { slug: "refunds", category: "refunds", locale: "en", title: "x", body: "x" });
    expect([taken.status, taken.body.code]).toEqual([409, "article_slug_taken"]);
    const made = await write("", { slug: "only-english", category: "start", locale: "en", title: "x", body: "x" });
    const early = await write(`/${made.body.id}/publish`, { locale: "zh-CN" });
    expect([early.status, early.body.code]).toEqual([409, "article_nothing_to_publish"]);
  });

  it("is written by those who may, and its drafts are out of the app's reach", async () => {
    const other = await operator(platform, "operations");
    expect((await write("", {}, other)).status).toBe(403);
    const rights = await platform.owner`
      select has_table_privilege('gpl_app', 'public.article_versions', 'select') as drafts,
        has_table_privilege('gpl_app', 'public.published_articles', 'insert') as writes`;
    expect(rights).toEqual([{ drafts: false, writes: false }]);
  });
});

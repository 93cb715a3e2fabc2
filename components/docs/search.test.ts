import { describe, expect, it } from "vitest";
import { createApi } from "#lib/api/app";
import { locales } from "#lib/kernel/locale";
import type { OpenApiDocument } from "./openapi.ts";
import { readReference } from "./operations.ts";
import { findEntries, type SearchEntry } from "./search.ts";
import { searchIndex } from "./search-index.ts";

const document = (await (await createApi().request("/v1/openapi.json")).json()) as OpenApiDocument;
const { operations } = readReference(document);

const entry = (title: string, text = ""): SearchEntry => ({ kind: "page", href: `/docs/${title}`, title, text });
const titles = (entries: readonly SearchEntry[], wanted: string) => findEntries(entries, wanted).map((e) => e.title);

describe("findEntries", () => {
  it("puts a title's beginning before a word within, and a title before the text", () => {
    const entries = [entry("Keys", "also webhooks"), entry("Verify webhooks"), entry("Webhooks")];
    expect(titles(entries, "webh")).toEqual(["Webhooks", "Verify webhooks", "Keys"]);
  });

  it("wants every word, in whatever case", () => {
    const entries = [entry("Create an order", "POST /v1/orders"), entry("Create a refund", "POST /v1/refunds")];
    expect(titles(entries, "CREATE refund")).toEqual(["Create a refund"]);
    expect(titles(entries, "create payout")).toEqual([]);
  });

  it("finds nothing for nothing, and never more than eight", () => {
    const entries = Array.from({ length: 20 }, (_, index) => entry(`Page ${index}`));
    expect(titles(entries, "  ")).toEqual([]);
    expect(titles(entries, "page")).toHaveLength(8);
  });
});

describe.each(locales)("the index in %s", (locale) => {
  const index = searchIndex(operations, locale);

  it.each([
    ["refund_too_large", "/docs/errors#refund_too_large"],
    ["POST /v1/orders", "/docs/api/post-orders"],
    ["order.paid", "/docs/webhooks#event-types"],
    ["wx.requestPayment", "/docs/guides/mini-program"],
    ["3-D Secure", "/docs/testing#cards"],
  ])("finds %s", (wanted, href) => {
    expect(findEntries(index, wanted).map((found) => found.href)).toContain(href);
  });

  it("has words for everything that it names", () => {
    expect(index.filter((each) => each.title === "" || each.text === "").map((each) => each.href)).toEqual([]);
  });
});

it("speaks Chinese to who reads Chinese", () => {
  const index = searchIndex(operations, "zh-CN");
  expect(findEntries(index, "小程序").map((found) => found.href)).toContain("/docs/guides/mini-program");
});

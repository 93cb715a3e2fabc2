import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { locales } from "#lib/kernel/locale";
import { cardRules } from "../card-rules.ts";
import { frameMessages } from "./messages.ts";
import { cardFramePage } from "./page.ts";

const app = new Hono().get("/elements/card", cardFramePage({ publicUrl: "https://pay.example.test/shop" }));
const open = (query: Record<string, string>) =>
  app.request(
    `/elements/card?${new URLSearchParams({ key: "pk_test_51abc", origin: "https://pay.example.test", ...query })}`,
  );

describe("the card frame", () => {
  it("runs only its own script and may only be framed by the product", async () => {
    const answer = await open({});
    const policy = answer.headers.get("content-security-policy") ?? "";
    const html = await answer.text();
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self' https://pay.example.test;");
    expect(html).toContain(`<script nonce="${nonce}">`);
    const script = /<script nonce="[^"]+">([\s\S]*)<\/script>/.exec(html)?.[1] ?? "";
    expect(() => new Function(script)).not.toThrow();
    expect(html).not.toMatch(/https?:\/\/(?!pay\.example\.test)/);
  });

  it.each(locales)("is labelled in %s", async (locale) => {
    const html = await (await open({ locale })).text();
    expect(html).toContain(`<html lang="${locale}"`);
    expect(html).toContain(`<label for="number">${frameMessages[locale].number}</label>`);
  });

  it.each<Record<string, string>>([
    { key: "sk_test_51abc" },
    { key: "" },
    { origin: "" },
    { origin: "https://pay.example.test/path" },
    { origin: "javascript:alert(1)" },
  ])("refuses %o", async (query) => {
    expect((await open(query)).status).toBe(400);
  });
});

describe("card numbers", () => {
  const rules = cardRules();

  it.each([
    ["4242424242424242", "4242 4242 4242 4242"],
    ["378282246310005", "3782 822463 10005"],
    ["36227206271667", "3622 720627 1667"],
    ["42424", "4242 4"],
    ["", ""],
  ])("%s reads %s", (digits, grouped) => {
    expect(rules.grouped(digits)).toBe(grouped);
  });

  it.each([
    ["2221000000000009", "mastercard"],
    ["2720999999999996", "mastercard"],
    ["2721000000000004", "unknown"],
    ["3530111333300000", "jcb"],
    ["6200000000000005", "unionpay"],
    ["34", "amex"],
  ])("%s is %s", (digits, brand) => {
    expect(rules.brandOf(digits)).toBe(brand);
  });

  it.each([
    [11, 2026, false, "the last day of the month still counts"],
    [10, 2026, true, "the month before is over"],
    [1, 2027, false, "next year"],
  ])("%i/%i expired: %s (%s)", (month, year, expired) => {
    expect(rules.isExpired(month, year, new Date("2026-11-30T23:59:59Z"))).toBe(expired);
  });
});

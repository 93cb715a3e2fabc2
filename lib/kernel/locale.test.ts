import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales, negotiateLocale } from "./locale.ts";

describe("choosing a language", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["*", "en"],
    ["zh", "zh-CN"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["zh-Hant-HK", "zh-TW"],
    ["zh-HK", "zh-TW"],
    ["zh-Hans-SG", "zh-CN"],
    ["ZH-tw", "zh-TW"],
    ["fr-CH, fr;q=0.9, en;q=0.8, zh;q=0.7", "en"],
    ["fr, de;q=0.8", "en"],
    ["en;q=0.1, zh-TW;q=0.9", "zh-TW"],
    ["zh;q=0, en;q=0.5", "en"],
    ["en-GB,en-US;q=0.9", "en"],
    ["__proto__, zh;q=0.5", "zh-CN"],
    ["constructor", "en"],
  ])("%j is answered in %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });

  it("answers whatever is sent, in one of our languages", () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(locales).toContain(negotiateLocale(header));
      }),
    );
  });
});

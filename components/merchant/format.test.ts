import { describe, expect, it } from "vitest";
import { dayOf, dayStart, formatMoney, formatRelative, parseMoney, plainMoney } from "./format.ts";

describe("money", () => {
  it.each([
    ["en", 8800, "CNY", "¥88.00"],
    ["zh-CN", 8800, "CNY", "¥88.00"],
    ["en", 8800, "JPY", "¥8,800"],
    ["en", 0, "USD", "$0.00"],
    ["en", -1050, "USD", "-$10.50"],
    ["en", 9_999_999_999_999, "USD", "$99,999,999,999.99"],
  ])("is written in %s with the currency's own decimals: %d %s", (locale, minor, currency, text) => {
    expect(formatMoney(locale, minor, currency)).toBe(text);
  });

  it("has three decimals where the currency has", () => {
    expect(formatMoney("en", 1234, "KWD")).toMatch(/1\.234$/);
  });

  it.each([
    ["30", "CNY", 3000],
    ["30.5", "CNY", 3050],
    ["1,234.56", "CNY", 123456],
    ["¥30.00", "CNY", 3000],
    ["３０．５", "CNY", 3050],
    [".5", "CNY", 50],
    ["1.234", "KWD", 1234],
    ["500", "JPY", 500],
    ["500.00", "JPY", 500],
  ])("is read as people type it: %s %s", (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each([
    ["0.001", "CNY"],
    ["1.5", "JPY"],
    ["ten", "CNY"],
    ["1.2.3", "CNY"],
    ["", "CNY"],
    ["99999999999999999999", "CNY"],
  ])("is not read when it is no amount of the currency: %s %s", (text, currency) => {
    expect(parseMoney(text, currency)).toBeUndefined();
  });

  it("reads back what it wrote", () => {
    for (const [minor, currency] of [
      [8800, "CNY"],
      [7, "JPY"],
      [1001, "KWD"],
    ] as const) {
      expect(parseMoney(plainMoney(minor, currency), currency)).toBe(minor);
    }
  });
});

describe("days", () => {
  it.each([
    ["2026-11-21", "Asia/Shanghai", 0, "2026-11-20T16:00:00.000Z"],
    ["2026-11-21", "Asia/Shanghai", 1, "2026-11-21T16:00:00.000Z"],
    // The day on which New York's clocks go forward at two in the morning, and the next, an hour nearer.
    ["2026-03-08", "America/New_York", 0, "2026-03-08T05:00:00.000Z"],
    ["2026-03-08", "America/New_York", 1, "2026-03-09T04:00:00.000Z"],
    ["2026-01-31", "UTC", 1, "2026-02-01T00:00:00.000Z"],
  ])("begin when the merchant's clock says so: %s %s +%d", (day, zone, shift, moment) => {
    expect(dayStart(day, zone, shift)?.toISOString()).toBe(moment);
  });

  it.each(["", "yesterday", "2026-1-1", "21.11.2026"])("are not made of anything else: %j", (text) => {
    expect(dayStart(text, "UTC")).toBeUndefined();
  });

  it("are those of the merchant's zone", () => {
    expect(dayOf(new Date("2026-11-20T16:00:00Z"), "Asia/Shanghai")).toBe("2026-11-21");
  });
});

describe("relative time", () => {
  const now = Date.UTC(2026, 10, 21, 12);

  it.each([
    [30, "now"],
    [90, "1 minute ago"],
    [7_300, "2 hours ago"],
    [100_000, "yesterday"],
  ])("rounds down: %d seconds", (seconds, text) => {
    expect(formatRelative("en", new Date(now - seconds * 1000), now, "UTC")).toBe(text);
  });

  it("is set in Chinese as Chinese is set", () => {
    expect(formatRelative("zh-CN", new Date(now - 300_000), now, "UTC")).toBe("5 分钟前");
  });

  it("gives way to the date after a week", () => {
    expect(formatRelative("en", new Date(now - 8 * 86_400_000), now, "UTC")).toBe("Nov 13, 2026, 12:00 PM");
  });
});

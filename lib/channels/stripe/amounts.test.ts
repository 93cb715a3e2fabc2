import { expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import { fromWire, toWire } from "./amounts.ts";

it.each([
  ["two decimals: cents", money(1999n, "USD"), 1999],
  ["no decimals: whole yen", money(500n, "JPY"), 500],
  ["three decimals, last digit 0", money(5120n, "KWD"), 5120],
  ["ISK has no decimals and is sent with two", money(5n, "ISK"), 500],
  ["UGX likewise", money(5n, "UGX"), 500],
  ["MGA has two decimals and is sent whole", money(300n, "MGA"), 3],
] as const)("sends %s", (_why, amount, wire) => {
  expect(toWire(amount)).toBe(wire);
  expect(fromWire(wire, amount.currency.toLowerCase())).toEqual(amount);
});

it.each([
  ["a third decimal that is not 0", money(5124n, "KWD")],
  ["a fraction of what is sent whole", money(301n, "MGA")],
] as const)("does not send %s", (_why, amount) => {
  expect(toWire(amount)).toBeUndefined();
});

it("refuses a currency that it does not know instead of guessing its decimals", () => {
  expect(() => fromWire(100, "usdc")).toThrow(RangeError);
  expect(() => fromWire(501, "isk")).toThrow(RangeError);
});

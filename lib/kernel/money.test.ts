import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CurrencyCode, currencyCodes, exponentOf, isCurrencyCode } from "./currency.ts";
import {
  fromDecimalString,
  maxAmountMinor,
  minorToJson,
  money,
  percentOfBasisPoints,
  percentPlusFixed,
  toDecimalString,
} from "./money.ts";

const currency = fc.constantFrom(...currencyCodes);
const minor = fc.bigInt(-maxAmountMinor, maxAmountMinor);

describe("amounts as decimal text", () => {
  it("come back as they went, in every currency", () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(fromDecimalString(toDecimalString(money(amount, code)), code)).toEqual(money(amount, code));
      }),
    );
  });

  it.each<[bigint, CurrencyCode, string]>([
    [8800n, "CNY", "88.00"],
    [5n, "CNY", "0.05"],
    [-5n, "CNY", "-0.05"],
    [8800n, "JPY", "8800"],
    [1n, "KWD", "0.001"],
    [0n, "USD", "0.00"],
  ])("%d minor units of %s are %s", (amount, code, text) => {
    expect(toDecimalString(money(amount, code))).toBe(text);
  });

  it.each<[string, CurrencyCode, bigint]>([
    ["88", "CNY", 8800n],
    ["88.1", "CNY", 8810n],
    ["88.1000", "CNY", 8810n],
    ["0088.00", "CNY", 8800n],
    ["88.0", "JPY", 88n],
  ])("%s in %s is read as %d", (text, code, amount) => {
    expect(fromDecimalString(text, code).minor).toBe(amount);
  });

  it.each([
    ["finer than a cent", "0.001", "CNY"],
    ["a fraction of a yen", "0.5", "JPY"],
    ["an exponent", "1e3", "CNY"],
    ["a group separator", "1,000.00", "CNY"],
    ["a comma", "1,5", "CNY"],
    ["a bare dot", "1.", "CNY"],
    ["nothing", "", "CNY"],
    ["full-width digits", "８８", "CNY"],
    ["a plus sign", "+1.00", "CNY"],
  ] as const)("refuses %s (%s %s)", (_label, text, code) => {
    expect(() => fromDecimalString(text, code)).toThrow(RangeError);
  });
});

describe("a fee of basis points plus a fixed part", () => {
  it("is the exact rational, rounded half-up once", () => {
    const hundredths = fc.bigInt(0n, 100_000n);
    fc.assert(
      fc.property(fc.bigInt(0n, maxAmountMinor), hundredths, fc.bigInt(0n, 10_000n), (amount, bps100, fixed) => {
        const basisPoints = `${bps100 / 100n}.${(bps100 % 100n).toString().padStart(2, "0")}`;
        const denominator = 1_000_000n;
        const exact = (2n * amount * bps100 + denominator) / (2n * denominator);
        expect(percentPlusFixed(amount, basisPoints, fixed)).toBe(exact + fixed);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["0.60 % of 88.00 is 52.8 cents", 8800n, "60", 0n, 53n],
    ["half a cent goes up", 50n, "100", 0n, 1n],
    ["just under half a cent goes down", 49n, "100", 0n, 0n],
    ["2.9 % plus 30 of 10.00", 1000n, "290", 30n, 59n],
    ["a quarter of a basis point of a large amount", 9_999_999_999_999n, "0.25", 0n, 250_000_000n],
  ])("%s", (_label, amount, basisPoints, fixed, fee) => {
    expect(percentPlusFixed(amount, basisPoints, fixed)).toBe(fee);
  });
});

describe("a rate for people", () => {
  it.each([
    ["60", "0.6%"],
    ["290", "2.9%"],
    ["0.25", "0.0025%"],
    ["0", "0%"],
    ["38.0000", "0.38%"],
  ])("%s basis points are %s", (basisPoints, percent) => {
    expect(percentOfBasisPoints(basisPoints)).toBe(percent);
  });
});

describe("amounts in JSON", () => {
  it("are exact up to 2^53 and refused beyond", () => {
    expect(minorToJson(maxAmountMinor)).toBe(9_999_999_999_999);
    expect(() => minorToJson(2n ** 53n)).toThrow(RangeError);
  });
});

describe("currencies", () => {
  it.each([
    ["CNY", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["KWD", 3],
    ["CLP", 0],
    ["TND", 3],
  ] as const)("%s has %d decimals (ISO 4217)", (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
  });

  it.each(["cny", "XAU", "XTS", "RMB", "", "toString"])("does not know %j", (text) => {
    expect(isCurrencyCode(text)).toBe(false);
  });
});

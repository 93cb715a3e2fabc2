import { describe, expect, it } from "vitest";
import { isBic, isBranchNumber, isChineseAccount, isIban } from "./bank-account.ts";
import { isSocialCreditCode } from "./registration-number.ts";

describe("a unified social credit code", () => {
  it.each([
    ["the standard's own example", "91350100M000100Y43", true],
    ["one with another check character", "91350100M000100Y44", false],
    ["two neighbours swapped", "91350100M00010Y043", false],
    ["a letter that the alphabet leaves out", "91350100MI00100Y43", false],
    ["one character short", "91350100M000100Y4", false],
    ["small letters", "91350100m000100y43", false],
  ])("%s", (_, text, expected) => {
    expect(isSocialCreditCode(text)).toBe(expected);
  });
});

describe("a bank account", () => {
  it.each([
    ["a German IBAN", "DE89370400440532013000", true],
    ["a British IBAN with letters", "GB82WEST12345698765432", true],
    ["one digit changed", "DE89370400440532013001", false],
    ["digits alone", "89370400440532013000", false],
  ])("IBAN: %s", (_, text, expected) => {
    expect(isIban(text)).toBe(expected);
  });

  it.each([
    [isChineseAccount("31001520313050006819"), true],
    [isChineseAccount("3100"), false],
    [isBranchNumber("105290036005"), true],
    [isBranchNumber("10529003600"), false],
    [isBic("DEUTDEFF500"), true],
    [isBic("DEUTDE"), false],
  ])("in China, and by bank: case %#", (found, expected) => {
    expect(found).toBe(expected);
  });
});

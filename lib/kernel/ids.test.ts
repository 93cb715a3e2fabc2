import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type IdKind, idPrefixes, isMerchantId, merchantIdOf, merchantKeyOf, newId, newMerchantId } from "./ids.ts";

const kinds = Object.keys(idPrefixes).filter((kind) => kind !== "merchant") as Exclude<IdKind, "merchant">[];
const time = fc.integer({ min: 0, max: 2 ** 45 });

describe("ids", () => {
  it("name their tenant and their kind, in at most 32 characters that every provider takes", () => {
    const merchantId = newMerchantId();
    for (const kind of kinds) {
      const id = newId(kind, merchantId);
      expect(id).toMatch(/^[a-z]{2,3}_[0-9a-hjkmnp-tv-z]{28}$/);
      expect(id.length).toBeLessThanOrEqual(32);
      expect(merchantIdOf(kind, id)).toBe(merchantId);
      expect(id).toContain(merchantKeyOf(merchantId));
    }
  });

  it("sort by time within a merchant", () => {
    const merchantId = newMerchantId();
    fc.assert(
      fc.property(time, time, (one, other) => {
        fc.pre(one !== other);
        const ids = [newId("order", merchantId, one), newId("order", merchantId, other)];
        expect([...ids].sort()).toEqual(one < other ? ids : ids.toReversed());
      }),
    );
  });

  it("differ although they are made in the same millisecond", () => {
    const merchantId = newMerchantId();
    const ids = Array.from({ length: 10_000 }, () => newId("event", merchantId, 1_700_000_000_000));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("give each kind a prefix of its own", () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(Object.keys(idPrefixes).length);
  });

  it.each([
    ["another kind's id", newId("refund", newMerchantId())],
    ["a merchant's id", newMerchantId()],
    ["letters that the alphabet lacks", "ord_iiiiiiii00000000000000000000"],
    ["one character too few", newId("order", newMerchantId()).slice(0, -1)],
    ["one too many", `${newId("order", newMerchantId())}0`],
    ["capitals", newId("order", newMerchantId()).toUpperCase()],
    ["a quote that would end a string", "ord_'; drop table orders; --0000"],
    ["nothing", ""],
  ])("no order's id: %s", (_label, text) => {
    expect(merchantIdOf("order", text)).toBeUndefined();
  });

  it("take no text for a merchant's id that is none", () => {
    for (const text of ["", "mer_", "mer_0000000", "mer_000000001", "mer_0000000'", "ord_00000000"]) {
      expect(isMerchantId(text)).toBe(false);
      expect(() => merchantKeyOf(text)).toThrow(RangeError);
    }
  });
});

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalSecrets, parseKeyRing, seal, unseal } from "./crypto.ts";

const key = (name: string) => `${name}:${randomBytes(32).toString("base64")}`;
const ring = parseKeyRing(key("k1"));

describe("sealing", () => {
  it("opens to the same text, in its own place only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), fc.string(), (text, place, otherPlace) => {
        const sealed = seal(ring, text, place);
        expect(unseal(ring, sealed, place)).toBe(text);
        if (place !== otherPlace) expect(() => unseal(ring, sealed, otherPlace)).toThrow();
      }),
    );
  });

  it("notices each single character that was changed", () => {
    const sealed = seal(ring, "sk_live_secret", "channel_accounts:ca_1");
    const body = sealed.split(".")[2] ?? "";
    // The last character carries unused bits that base64url leaves open.
    for (let index = 0; index < body.length - 1; index++) {
      const changed = body[index] === "A" ? "B" : "A";
      const text = `v1.k1.${body.slice(0, index)}${changed}${body.slice(index + 1)}`;
      expect(() => unseal(ring, text, "channel_accounts:ca_1")).toThrow();
    }
  });

  it("never makes the same text twice", () => {
    const sealed = Array.from({ length: 100 }, () => seal(ring, "same", "place"));
    expect(new Set(sealed).size).toBe(100);
  });

  it.each([["v2.k1.AAAA"], ["v1.k1"], ["v1.k9.AAAA"], [""], ["k1"]])("refuses %j", (text) => {
    expect(() => unseal(ring, text, "place")).toThrow();
  });
});

describe("the key ring", () => {
  it("seals under the newest key and still opens what older keys sealed", () => {
    const [old, next] = [key("k1"), key("k2")];
    const before = seal(parseKeyRing(old), "secret", "place");
    const rolled = parseKeyRing(`${next}, ${old}`);
    expect(unseal(rolled, before, "place")).toBe("secret");
    const after = seal(rolled, "secret", "place");
    expect(after).toMatch(/^v1\.k2\./);
    expect(() => unseal(parseKeyRing(old), after, "place")).toThrow();
  });

  it.each([
    ["nothing", ""],
    ["only commas", ",,"],
    ["no name", randomBytes(32).toString("base64")],
    ["an empty name", `:${randomBytes(32).toString("base64")}`],
    ["a key of 16 bytes", `k1:${randomBytes(16).toString("base64")}`],
    ["a good key and a bad one", `${key("k1")},k2:short`],
  ])("refuses %s", (_label, text) => {
    expect(() => parseKeyRing(text)).toThrow(RangeError);
  });
});

describe("comparing secrets", () => {
  it("says whether they are equal, of whatever length", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(equalSecrets(one, one)).toBe(true);
        expect(equalSecrets(one, other)).toBe(one === other);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, readableContrast, textOn } from "./contrast.ts";

describe("contrast", () => {
  it.each([
    ["#000000", "#FFFFFF", 21],
    ["#FFFFFF", "#FFFFFF", 1],
    // The darkest grey that AA allows on white, as accessibility tools print it.
    ["#767676", "#FFFFFF", 4.54],
    ["#777777", "#FFFFFF", 4.48],
  ])("of %s and %s is %d", (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 2);
    expect(contrast(b, a)).toBeCloseTo(ratio, 2);
  });

  it("finds a readable text for every colour there is", () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((rgb) => `#${rgb.toString(16).padStart(6, "0")}`);
    fc.assert(
      fc.property(colour, (ground) => contrast(textOn(ground), ground) >= readableContrast),
      { numRuns: 5_000 },
    );
  });

  it("prefers white", () => {
    expect(textOn("#0F766E")).toBe("#FFFFFF");
    expect(textOn("#FFD400")).toBe("#000000");
  });
});

import { expect, it } from "vitest";
import { channelNamed } from "../registry.ts";
import { capabilityMatrix } from "./matrix.ts";

const matrix = capabilityMatrix(
  [channelNamed("stripe"), channelNamed("wechatpay")],
  new Map([
    [
      "pays",
      new Map([
        ["stripe", "passed"],
        ["wechatpay", "failed"],
      ] as const),
    ],
    ["captures", new Map([["stripe", "passed"]] as const)],
  ]),
);

it("shows what was seen, what was not kept and what does not exist", () => {
  expect(matrix).toContain("| case | stripe | wechatpay |");
  expect(matrix).toContain("| pays | ✓ | ✗ |");
  expect(matrix).toContain("| captures | ✓ | – |");
});

it("shows amounts in major units of each currency's own exponent", () => {
  expect(matrix).toContain("| stripe | JPY | 50 | 99999999 |");
  expect(matrix).toContain("| stripe | KWD BHD OMR JOD | 1.000 | 99999.999 |");
  expect(matrix).toContain("| stripe | IDR | 16500.00 | 9999999999.99 |");
});

it("folds capabilities that differ only in currency into one way to pay", () => {
  expect(matrix.match(/\| stripe \| card \| card_fields \|/g)).toHaveLength(1);
});

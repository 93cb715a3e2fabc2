import { expect, it } from "vitest";
import { monthsBack, shiftMonth } from "./months.ts";

it.each([
  ["2026-03", -1, "2026-02"],
  ["2026-01", -1, "2025-12"],
  ["2025-12", 1, "2026-01"],
  ["2026-03", -27, "2023-12"],
] as const)("%s shifted by %i is %s", (month, by, expected) => {
  expect(shiftMonth(month, by)).toBe(expected);
});

it("lists months back over the year's end", () => {
  expect(monthsBack("2026-02", 4)).toEqual(["2026-02", "2026-01", "2025-12", "2025-11"]);
});

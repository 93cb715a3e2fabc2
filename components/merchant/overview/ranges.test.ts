import { expect, it } from "vitest";
import { periodOfPreset, rangeOf } from "./ranges.ts";

it.each([
  ["today", "2026-03-01", "2026-03-01"],
  ["yesterday", "2026-02-28", "2026-02-28"],
  ["7d", "2026-02-23", "2026-03-01"],
  ["30d", "2026-01-31", "2026-03-01"],
  ["month", "2026-03-01", "2026-03-01"],
  ["last_month", "2026-02-01", "2026-02-28"],
] as const)("takes %s on the first of March as %s to %s", (preset, from, to) => {
  expect(periodOfPreset(preset, "2026-03-01")).toEqual({ from, to });
});

it("takes two days from the address before a name, and neither when they make no period", () => {
  const today = "2026-03-01";
  expect(rangeOf({ range: "7d", from: "2026-01-01", to: "2026-01-31" }, today)).toEqual({
    name: "custom",
    period: { from: "2026-01-01", to: "2026-01-31" },
  });
  expect(rangeOf({ range: "7d", from: "2026-01-31", to: "2026-01-01" }, today).name).toBe("7d");
  expect(rangeOf({ from: "2020-01-01", to: "2026-01-01" }, today).name).toBe("30d");
  expect(rangeOf({ range: "forever" }, today).name).toBe("30d");
});

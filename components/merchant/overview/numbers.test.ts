import { expect, it } from "vitest";
import { formatShare, pointsBetween } from "./numbers.ts";

it.each([
  ["rounded apart and together they would differ", 0.9714, 0.9587, 1.2],
  ["less", 0.0431, 0.0763, -3.3],
  ["less than a reader sees", 0.95961, 0.96039, 0],
])("points are those between the two shares as they stand there: %s", (_, now, before, points) => {
  expect(pointsBetween(now, before)).toBe(points);
  const shown = (share: number) => Number.parseFloat(formatShare("en", share));
  expect(shown(now) - shown(before)).toBeCloseTo(points, 6);
});

import { expect, it } from "vitest";
import { takeSlot } from "./endpoint-slots.ts";

const take = (endpointId: string, count: number, nowMs: number) =>
  Array.from({ length: count }, () => takeSlot(endpointId, nowMs));
const taken = (slots: readonly unknown[]) => slots.filter(Boolean).length;

it("sets no limit to an endpoint that answers well", () => {
  expect(taken(take("we_well", 100, 0))).toBe(100);
});

it("lets nothing more begin while jobs of an endpoint hang, and remembers nothing once they end well", () => {
  const slots = take("we_slow", 5, 0);
  expect(takeSlot("we_slow", 1_001)).toBeUndefined();
  expect(takeSlot("we_other", 1_001)).toBeDefined();
  for (const slot of slots) slot?.release(false);
  expect(taken(take("we_slow", 3, 1_001))).toBe(3);
});

it("lets two jobs at once try an endpoint that failed, until one succeeds", () => {
  takeSlot("we_failing", 0)?.release(true);
  const slots = take("we_failing", 5, 1);
  expect(taken(slots)).toBe(2);
  slots[0]?.release(undefined);
  slots[1]?.release(true);
  expect(taken(take("we_failing", 5, 2))).toBe(2);
  takeSlot("we_recovered", 0)?.release(true);
  takeSlot("we_recovered", 1)?.release(false);
  expect(taken(take("we_recovered", 5, 2))).toBe(5);
});

import { describe, expect, it } from "vitest";
import { maxTries, nextTryAt } from "./schedule.ts";

const now = new Date("2026-03-01T00:00:00Z");
const secondsUntilNext = (triesMade: number, random: number, retryAfter?: string) => {
  const next = nextTryAt(triesMade, now, random, retryAfter);
  return next && (next.getTime() - now.getTime()) / 1_000;
};

describe("nextTryAt", () => {
  it.each([
    [1, 5],
    [2, 5 * 60],
    [3, 30 * 60],
    [4, 2 * 3_600],
    [5, 5 * 3_600],
    [6, 10 * 3_600],
    [7, 14 * 3_600],
    [8, 20 * 3_600],
    [9, 24 * 3_600],
  ])("waits after failure %i for %i seconds, ten percent less or more", (triesMade, seconds) => {
    expect(secondsUntilNext(triesMade, 0.5)).toBe(seconds);
    expect(secondsUntilNext(triesMade, 0)).toBeCloseTo(seconds * 0.9, 2);
    expect(secondsUntilNext(triesMade, 0.9999999)).toBeCloseTo(seconds * 1.1, 1);
  });

  it("ends after ten tries", () => {
    expect(maxTries).toBe(10);
    expect(nextTryAt(10, now, 0.5, "60")).toBeUndefined();
  });

  it.each([
    ["3600", 3_600, "seconds"],
    ["Sun, 01 Mar 2026 02:00:00 GMT", 7_200, "a date"],
    ["1", 5, "sooner than our own schedule"],
    ["Sat, 28 Feb 2026 00:00:00 GMT", 5, "a date gone by"],
    ["9999999999", 86_400, "more than a day"],
    ["soon", 5, "neither"],
    ["", 5, "nothing"],
    ["-60", 5, "a negative number"],
  ])("takes Retry-After %j as %i seconds: %s", (retryAfter, seconds) => {
    expect(secondsUntilNext(1, 0.5, retryAfter)).toBe(seconds);
  });
});

import { describe, expect, it } from "vitest";
import { type Alert, judge, noticeDue, type Rule } from "./judge.ts";
import { quantile } from "./measure.ts";
import { isQuiet } from "./quiet.ts";

const now = new Date("2026-03-04T08:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const rule = {
  metric: "success_rate",
  threshold: 0.9,
  windowMinutes: 10,
  minSample: 5,
  remindMinutes: 60,
} as Rule;
const open = { status: "firing", seenAt: ago(1), toldAt: null, toldResolvedAt: null } as Alert;
const reading = (value: number, cases = 5) => ({ subject: "ca_1", value, cases });

describe("what a reading means", () => {
  it.each([
    ["below the threshold", undefined, reading(0.89), "open"],
    ["at the threshold all is well", undefined, reading(0.9), "none"],
    ["too few cases say nothing", undefined, reading(0.1, 4), "none"],
    ["still below", open, reading(0.5), "still"],
    ["good again", open, reading(0.95), "resolve"],
    ["too few cases do not make it good", open, reading(1, 4), "none"],
    ["nothing heard for a minute", open, undefined, "none"],
    ["nothing heard for over an hour", { ...open, seenAt: ago(61) }, undefined, "resolve"],
  ] as const)("%s", (_label, alert, read, expected) => {
    expect(judge(rule, alert, read, now)).toBe(expected);
  });

  it("is turned round for what is bad when it is high", () => {
    const latency = { ...rule, metric: "latency_p95", threshold: 2_000 } as Rule;
    expect(judge(latency, undefined, reading(2_001), now)).toBe("open");
    expect(judge(latency, open, reading(2_000), now)).toBe("resolve");
  });
});

describe("what is said", () => {
  const resolved = { ...open, status: "resolved" } as Alert;
  it.each([
    ["once that it is bad", open, false, "firing"],
    ["not yet while it is quiet or silenced", open, true, undefined],
    ["not again at once", { ...open, toldAt: ago(59) }, false, undefined],
    ["again after the time between reminders", { ...open, toldAt: ago(60) }, false, "reminder"],
    ["once that it is good again", { ...resolved, toldAt: ago(9) }, false, "resolved"],
    ["not twice", { ...resolved, toldAt: ago(9), toldResolvedAt: ago(1) }, false, undefined],
    ["nothing about what nobody heard of", resolved, false, undefined],
  ] as const)("%s", (_label, alert, isHeldBack, expected) => {
    expect(noticeDue(rule, alert as Alert, isHeldBack, now)).toBe(expected);
  });
});

it.each([
  ["none is set", null, null, "UTC", false],
  ["inside", 420, 540, "UTC", true],
  ["the end is no longer in it", 420, 480, "UTC", false],
  ["over midnight, in the morning", 1_320, 500, "UTC", true],
  ["over midnight, at noon", 1_320, 400, "UTC", false],
  ["by the clock of the zone: 16:00 in Shanghai", 960, 970, "Asia/Shanghai", true],
])("quiet time: %s", (_label, quietFrom, quietTo, timeZone, expected) => {
  expect(isQuiet({ quietFrom, quietTo, timeZone }, now)).toBe(expected);
});

it("reads a percentile off the buckets by their upper bound", () => {
  expect(quantile([0, 95, 5], 0.95)).toBe(100);
  expect(quantile([0, 94, 6], 0.95)).toBe(150);
  expect(quantile([...Array.from({ length: 14 }, () => 0), 3], 0.95)).toBe(10_000);
});

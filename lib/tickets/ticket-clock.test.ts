import { describe, expect, it } from "vitest";
import { answer, nextDue, retarget, runClock, startClock, stopClock } from "./ticket-clock.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 8, minutes));
const minuteMs = 60_000;
const targets = { firstAnswerMs: 30 * minuteMs, resolutionMs: 240 * minuteMs };

describe("a ticket's clock", () => {
  it("asks for the first answer first, and then for the solution", () => {
    const begun = startClock(at(0), targets);
    expect(nextDue(begun)).toEqual(at(30));
    expect(nextDue(answer(begun, at(10)))).toEqual(at(240));
  });

  it("stands while the merchant has the word, and goes on with what was left", () => {
    const waiting = stopClock(answer(startClock(at(0), targets), at(10)), at(10));
    expect(nextDue(waiting)).toBeNull();
    expect(nextDue(runClock(waiting, at(1_000)))).toEqual(at(1_230));
  });

  it("does not win time by being stopped when it is overdue", () => {
    const late = stopClock(answer(startClock(at(0), targets), at(10)), at(300));
    expect(nextDue(runClock(late, at(400)))).toEqual(at(340));
  });

  it("keeps the time of the first answer, stopped and run twice or not", () => {
    const clock = answer(answer(startClock(at(0), targets), at(10)), at(20));
    expect(clock.firstAnsweredAt).toEqual(at(10));
    expect(stopClock(stopClock(clock, at(20)), at(99)).resolutionLeftMs).toBe(220 * minuteMs);
    expect(runClock(clock, at(99))).toEqual(clock);
  });

  it("counts another priority from the beginning", () => {
    const urgent = { firstAnswerMs: 10 * minuteMs, resolutionMs: 60 * minuteMs };
    const begun = startClock(at(0), targets);
    expect(nextDue(retarget(begun, targets, urgent))).toEqual(at(10));
    const waiting = stopClock(answer(begun, at(20)), at(20));
    expect(nextDue(runClock(retarget(waiting, targets, urgent), at(500)))).toEqual(at(540));
  });
});

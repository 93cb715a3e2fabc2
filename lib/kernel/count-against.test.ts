import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { expect, it } from "vitest";
import { countAgainst } from "./count-against.ts";

it("answers how often a limit was used, also when it is used up", async () => {
  const limiter = new RateLimiterMemory({ points: 1, duration: 60 });
  expect((await countAgainst(limiter, "a")).consumedPoints).toBe(1);
  expect((await countAgainst(limiter, "a")).consumedPoints).toBe(2);
});

it("knows the answer of a limiter that another copy of the library made", async () => {
  const refusal = { consumedPoints: 6, msBeforeNext: 1_000, remainingPoints: 0 };
  const limiter = { consume: (): Promise<RateLimiterRes> => Promise.reject(refusal) };
  expect(await countAgainst(limiter, "a")).toEqual(refusal);
});

it("does not take a failure for an answer", async () => {
  const limiter = { consume: (): Promise<RateLimiterRes> => Promise.reject(new Error("store is gone")) };
  await expect(countAgainst(limiter, "a")).rejects.toThrow("store is gone");
});

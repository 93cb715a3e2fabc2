import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimedCache } from "./cache.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

function counting() {
  let calls = 0;
  return async () => ++calls;
}

describe("a timed cache", () => {
  it("fetches once for as many as ask, and again when its time is over", async () => {
    const cache = new TimedCache<number>({ ttlMs: 5_000, max: 10 });
    const fetch = counting();
    expect(await Promise.all([cache.get("a", fetch), cache.get("a", fetch), cache.get("b", fetch)])).toEqual([1, 1, 2]);
    vi.advanceTimersByTime(4_999);
    expect(await cache.get("a", fetch)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await cache.get("a", fetch)).toBe(3);
  });

  it("does not keep a failure", async () => {
    const cache = new TimedCache<number>({ ttlMs: 5_000, max: 10 });
    await expect(cache.get("a", async () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await cache.get("a", async () => 7)).toBe(7);
  });

  it("keeps a newer value when an older fetch fails late", async () => {
    const cache = new TimedCache<number>({ ttlMs: 5_000, max: 10 });
    let fail = (_error: Error) => {};
    const late = cache.get("a", () => new Promise<number>((_, reject) => (fail = reject)));
    cache.forget("a");
    expect(await cache.get("a", async () => 1)).toBe(1);
    fail(new Error("late"));
    await expect(late).rejects.toThrow("late");
    expect(await cache.get("a", async () => 2)).toBe(1);
  });

  it("lets nobody who holds a connection wait for another's fetch, and keeps what he has read himself", async () => {
    const cache = new TimedCache<number>({ ttlMs: 5_000, max: 10 });
    let answer = (_value: number) => {};
    const waiting = cache.get("a", () => new Promise<number>((resolve) => (answer = resolve)));
    expect(await cache.get("a", async () => 1, true)).toBe(1);
    expect(await cache.get("a", async () => 2, true)).toBe(1);
    answer(0);
    expect(await waiting).toBe(0);
    expect(await cache.get("a", async () => 3)).toBe(1);
  });

  it("does not keep what was read before it was told to forget", async () => {
    const cache = new TimedCache<number>({ ttlMs: 5_000, max: 10 });
    const old = cache.get(
      "a",
      async () => {
        cache.forget("a");
        return 1;
      },
      true,
    );
    expect(await old).toBe(1);
    expect(await cache.get("a", async () => 2)).toBe(2);
  });

  it("forgets what it is told to forget, and the oldest when it is full", async () => {
    const cache = new TimedCache<number>({ ttlMs: 5_000, max: 2 });
    const fetch = counting();
    for (const key of ["a", "b", "c"]) await cache.get(key, fetch);
    expect(await cache.get("c", fetch)).toBe(3);
    expect(await cache.get("a", fetch)).toBe(4);
    cache.forget("c");
    expect(await cache.get("c", fetch)).toBe(5);
  });
});

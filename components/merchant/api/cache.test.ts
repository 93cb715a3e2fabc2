import { QueryObserver } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { ApiCache } from "./cache.ts";

it("asks anew when something changes before the first answer is there", async () => {
  const cache = new ApiCache();
  const answers: ((rows: readonly string[]) => void)[] = [];
  const list = new QueryObserver<readonly string[]>(cache, {
    queryKey: ["privacy", "list"],
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
  });
  const stop = list.subscribe(() => {});
  const refreshed = cache.invalidateQueries({ queryKey: ["privacy"] });
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.([]);
  answers[1]?.(["export"]);
  await refreshed;
  expect(list.getCurrentResult().data).toEqual(["export"]);
  stop();
});

it("keeps the old rows on the screen while it asks again", async () => {
  const cache = new ApiCache();
  let rows = ["one"];
  const list = new QueryObserver(cache, { queryKey: ["privacy", "list"], queryFn: async () => rows });
  const shown: unknown[] = [];
  const stop = list.subscribe(({ data }) => shown.push(data));
  await expect.poll(() => list.getCurrentResult().data).toEqual(["one"]);
  shown.length = 0;
  rows = ["one", "two"];
  await cache.invalidateQueries({ queryKey: ["privacy"] });
  expect(shown).not.toContain(undefined);
  expect(list.getCurrentResult().data).toEqual(["one", "two"]);
  stop();
});

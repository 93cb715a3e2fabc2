import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourcesHash } from "./build.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpl-build-"));
  await mkdir(join(folder, "app", "pay"), { recursive: true });
  await writeFile(join(folder, "app", "pay", "page.tsx"), "one");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it("calls a build stale when a page changed, appeared or moved", async () => {
  const seen = new Set([sourcesHash(folder)]);
  await writeFile(join(folder, "app", "pay", "page.tsx"), "two");
  seen.add(sourcesHash(folder));
  await writeFile(join(folder, "app", "layout.tsx"), "");
  seen.add(sourcesHash(folder));
  await rm(join(folder, "app", "layout.tsx"));
  await writeFile(join(folder, "app", "pay", "layout.tsx"), "");
  seen.add(sourcesHash(folder));
  expect(seen.size).toBe(4);
});

it("does not rebuild for a test or for anything outside of the pages' sources", async () => {
  const before = sourcesHash(folder);
  await writeFile(join(folder, "app", "pay", "page.test.tsx"), "");
  await writeFile(join(folder, "README.md"), "");
  expect(sourcesHash(folder)).toBe(before);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { permissions } from "#lib/access/permissions";
import en from "#messages/en.json" with { type: "json" };
import { verbs } from "./verbs.ts";

/** Verbs that the code records: the second argument of recordAudit. */
function recordedVerbs(): string[] {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const found = files.flatMap((file) =>
    [...readFileSync(join("lib", file), "utf8").matchAll(/recordAudit\(\s*\w+,\s*"([a-z_.]+)"/g)].map(
      (match) => match[1] ?? "",
    ),
  );
  return [...new Set(found)].sort();
}

it("has a sentence for everything that is recorded", () => {
  const known: readonly string[] = verbs;
  expect(recordedVerbs().length).toBeGreaterThan(30);
  expect(recordedVerbs().filter((verb) => !known.includes(verb))).toEqual([]);
  for (const verb of verbs) {
    const [subject = "", deed = ""] = verb.split(".");
    const texts = en.dashboard.activity.verbs as Record<string, Record<string, string>>;
    expect(texts[subject]?.[deed], verb).toBeTruthy();
  }
});

it("has a name and an explanation for every permission", () => {
  const texts: Record<string, { name: string; help: string }> = en.dashboard.permissions;
  expect(permissions.filter((permission) => !texts[permission]?.name || !texts[permission]?.help)).toEqual([]);
  expect(Object.keys(texts).filter((name) => !permissions.some((permission) => permission === name))).toEqual([]);
});

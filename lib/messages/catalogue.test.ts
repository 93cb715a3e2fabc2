import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };

function keys(node: unknown, path = ""): string[] {
  if (typeof node !== "object" || node === null) return [path];
  return Object.entries(node).flatMap(([name, value]) => keys(value, path ? `${path}.${name}` : name));
}

function placeholders(text: unknown): string[] {
  return [...String(text).matchAll(/\{(\w+)/g)].map((match) => match[1] ?? "").sort();
}

/** Codes that the code throws: AppError's second argument, InvalidParam's first, and what schemas say instead of zod. */
function thrownCodes(): string[] {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("simulators"),
  );
  const thrown =
    /(?:new AppError\(|super\()\s*"[a-z_]+",\s*"([a-z]+_[a-z_]+)"|(?:new InvalidParam\(|because\()\s*"([a-z_]+)"/g;
  const fromSchema = /error: "([a-z]+_[a-z_]+)"/g;
  const found = files.flatMap((file) => {
    const text = readFileSync(join("lib", file), "utf8");
    const matches = [...text.matchAll(thrown), ...(file.endsWith("schemas.ts") ? text.matchAll(fromSchema) : [])];
    return matches.map((match) => match[1] ?? match[2] ?? "");
  });
  return [...new Set(found)].sort();
}

describe("the message catalogues", () => {
  it.each([
    ["zh-CN", zhCN],
    ["zh-TW", zhTW],
  ])("say everything in %s that they say in English", (_locale, catalogue) => {
    expect(keys(catalogue).sort()).toEqual(keys(en).sort());
  });

  it.each([
    ["zh-CN", zhCN],
    ["zh-TW", zhTW],
  ])("use the same placeholders in the errors of %s", (_locale, catalogue) => {
    const theirs = catalogue.errors as Record<string, string>;
    for (const [code, text] of Object.entries(en.errors)) {
      expect({ code, names: placeholders(theirs[code]) }).toEqual({ code, names: placeholders(text) });
    }
  });

  it("have a sentence for each error code that is thrown", () => {
    const known = new Set(Object.keys(en.errors));
    expect(thrownCodes().filter((code) => !known.has(code))).toEqual([]);
  });
});

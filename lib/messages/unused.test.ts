import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import en from "#messages/en.json" with { type: "json" };

/** Groups whose keys come from data: a method, a channel's answer, an account's code. */
const filledFromData = [
  "checkout",
  "console.approvals.facts",
  "console.approvals.kinds",
  "console.custody.accounts",
  "console.parameters",
  "console.verbs",
  "dashboard.accounts",
  "dashboard.activity.verbs",
  "dashboard.channelAccounts.environments",
  "dashboard.channels",
  "dashboard.declines",
  "dashboard.goLive.categories",
  "dashboard.methods",
  "dashboard.permissions",
  "dashboard.search",
  "dashboard.security.problems",
  "dashboard.transactions.kinds",
  "dashboard.webhooks.errors",
  "docs.errors.status",
];

/** Pages that get their texts as one typed object, so that a key is a property there. */
const readAsProperties = ["checkout", "docs", "signIn"];

interface Source {
  readonly words: ReadonlySet<string>;
  /** Of what a template makes up from data. */
  readonly patterns: readonly RegExp[];
}

function sourceOf(text: string): Source {
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
  const quoted = found(/["'`]([\w.:-]{1,80})["'`]/g);
  const properties = [...found(/[\s{,(]([A-Za-z_]\w*)\??:/g), ...found(/\.([A-Za-z_]\w*)/g)];
  const destructured = found(/[{,]\s*([a-z]\w*)(?=\s*[,}])/gi);
  const templates = found(/`([^`\n]*\$\{[^`\n]*)`/g)
    .map((template) => template.replaceAll(/\$\{[^}]*\}/g, "*"))
    .filter((template) => /^[\w.*-]+$/.test(template) && /[a-zA-Z]/.test(template));
  return {
    words: new Set([...quoted, ...properties, ...destructured]),
    patterns: templates.map((one) => new RegExp(`^${one.replaceAll(".", "\\.").replaceAll("*", ".*")}$`)),
  };
}

const sources = ["lib", "components", "app", "i18n", "scripts", "db"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => sourceOf(readFileSync(join(folder, file), "utf8"))),
);
const properties = new Set(sources.flatMap(({ words }) => [...words]));

function keysOf(node: unknown, path: readonly string[] = []): string[][] {
  if (typeof node !== "object" || node === null) return [[...path]];
  return Object.entries(node).flatMap(([name, value]) => keysOf(value, [...path, name]));
}

const says = ({ words, patterns }: Source, name: string) =>
  words.has(name) || patterns.some((pattern) => pattern.test(name));

/** Whether some file names a group that the key is in, and the rest of the key. */
function isNamed(key: readonly string[]): boolean {
  return key.some((_, at) => {
    const group = key.slice(0, at).join(".");
    const rest = key.slice(at).join(".");
    return sources.some((source) => says(source, rest) && (at === 0 || says(source, group)));
  });
}

it("says nothing that no page asks for", () => {
  const unused = keysOf(en).filter((key) => {
    const name = key.join(".");
    if (filledFromData.some((group) => name.startsWith(`${group}.`))) return false;
    if (readAsProperties.includes(key[0] ?? "") && properties.has(key.at(-1) ?? "")) return false;
    return !isNamed(key);
  });
  expect(unused.map((key) => key.join("."))).toEqual([]);
});

it("explains no error that nothing answers with", () => {
  const folders = ["lib", "app", "db"];
  const code = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
      .map((file) => sourceOf(readFileSync(join(folder, file), "utf8"))),
  );
  const never = Object.keys(en.errors).filter((name) => !code.some((source) => says(source, name)));
  expect(never).toEqual([]);
});

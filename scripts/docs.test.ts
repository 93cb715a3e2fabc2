import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";
import { eventTypeDescriptions } from "#lib/webhooks/event-types";
import { retryDelaysMs } from "#lib/webhooks/schedule";
import { currentErrorsPage } from "./generate-error-docs.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

function filesUnder(folder: string, wanted: RegExp): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => normalize(join(entry.parentPath, entry.name)).slice(root.length + 1));
}

const pages = ["README.md", "README.zh-CN.md", ...filesUnder("docs", /\.md$/)];
const withoutBlocks = (text: string) => text.replaceAll(/^```.*?^```/gms, "");

/** The anchor that a heading gets on GitHub. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}

function anchorsIn(page: string): Set<string> {
  return new Set(
    [...withoutBlocks(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading.trim())),
  );
}

/** Whether the product has a page at an address. */
function isPage(path: string): boolean {
  return (
    ["app/(site)", "app/(merchant)"].some((group) => existsSync(join(root, group, path, "page.tsx"))) ||
    existsSync(join(root, "app/(site)/docs/(pages)", path.replace(/^\/docs\//, ""), "page.tsx"))
  );
}

function linkIsBroken(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#", 2);
  // The knowledge base is read in the product, whose own pages it links to.
  if (page.startsWith("docs/knowledge/") && path.startsWith("/")) return !isPage(path);
  const target = path ? normalize(join(dirname(page), path)) : page;
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && !anchorsIn(target).has(anchor);
}

it.each(pages)("%s links to nothing that is not there", (page) => {
  const links = [...withoutBlocks(read(page)).matchAll(/\]\(\s*([^)\s]+)\s*\)/g)].map(([, link = ""]) => link);
  const own = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(own.filter((link) => linkIsBroken(page, link))).toEqual([]);
});

/** Code spans that can only be files of this project; names with a placeholder are not files. */
const ownPath =
  /^(?:(?:app|bench|components|db|docs|drizzle|e2e|lib|messages|scripts|\.ci)(?:\/[^\s<>…*]+)?|(?:server|worker|proxy|next\.config|playwright\.config|vitest\.config)\.ts|package\.json)$/;

it.each(pages)("%s names no file that is not there", (page) => {
  const spans = [...withoutBlocks(read(page)).matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  expect(spans.filter((span) => ownPath.test(span) && !existsSync(join(root, span)))).toEqual([]);
});

/** Read, but no setting: what the processes of the product, a shell or a test tell each other. */
const notSettings = new Set(["UP_DETACHED", "CRASHPOINT", "PATH"]);
/** Settings that one of our libraries reads. */
const readByLibraries = ["NEXTAUTH_URL"];

const readings = [
  /process\.env\.([A-Z][A-Z0-9_]+)/g,
  /\benvironment\.([A-Z][A-Z0-9_]+)/g,
  /\brequired\("([A-Z0-9_]+)"\)/g,
  /\bdatabaseUrlAs\("\w+", "([A-Z0-9_]+)"\)/g,
  /\bportFrom\([\w.]+, "([A-Z0-9_]+)"/g,
];

function settingsRead(): string[] {
  const sources = ["app", "components", "db", "i18n", "lib", "scripts"].flatMap((folder) =>
    filesUnder(folder, /\.(tsx?|mjs)$/),
  );
  const product = [...sources, ...readdirSync(root).filter((name) => /^\w[\w.]*\.ts$/.test(name))].filter(
    (path) => !/\.test\.|\/testing\/|\/conformance\/|\/(samples|request-code)\.ts$|playwright\.config/.test(path),
  );
  const names = product.flatMap((path) => {
    const text = read(path);
    return readings.flatMap((reading) => [...text.matchAll(reading)].map(([, name = ""]) => name));
  });
  return [...new Set([...names, ...readByLibraries])].filter((name) => !notSettings.has(name)).sort();
}

it("docs/operations.md lists every setting that is read, and no other", () => {
  const listed = [...read("docs/operations.md").matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name = ""]) => name);
  expect([...listed].sort()).toEqual(settingsRead());
});

it("docs/webhooks.md lists the event types with their meaning", () => {
  const listed = [...read("docs/webhooks.md").matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| (.+) \|$/gm)];
  const meanings = Object.entries(eventTypeDescriptions).map(([type, { en }]) => [type, en]);
  expect(listed.map(([, type, meaning]) => [type, meaning])).toEqual(meanings);
});

it("docs/webhooks.md gives the pauses between tries", () => {
  const unitMs = { s: 1_000, min: 60_000, h: 3_600_000 } as const;
  const listed = [...read("docs/webhooks.md").matchAll(/^\| \d+ \| (\d+) (s|min|h) \|$/gm)];
  const pausesMs = listed.map(([, count, unit]) => Number(count) * unitMs[unit as keyof typeof unitMs]);
  expect(pausesMs).toEqual([...retryDelaysMs]);
});

it("docs/errors.md is what scripts/generate-error-docs.ts writes; run it when this fails", () => {
  expect(read("docs/errors.md")).toBe(currentErrorsPage());
});

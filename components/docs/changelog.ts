import { readFileSync } from "node:fs";
import type { Locale } from "#lib/kernel/locale";
import { projectFile } from "#lib/kernel/project-root";

export interface ChangelogSection {
  readonly title: string;
  readonly items: readonly string[];
}

export interface ChangelogVersion {
  readonly version: string;
  readonly date: string;
  readonly sections: readonly ChangelogSection[];
}

const files: Readonly<Record<Locale, string>> = {
  en: "CHANGELOG.md",
  "zh-CN": "CHANGELOG.zh-CN.md",
  "zh-TW": "CHANGELOG.zh-TW.md",
};

/**
 * Reads `## version · date`, `### kind` and `- item`; a line that begins with two spaces goes on with the item before.
 *
 * @throws Error for a line that is none of them, so that nothing is left out unseen
 */
export function parseChangelog(text: string): ChangelogVersion[] {
  const versions: { version: string; date: string; sections: { title: string; items: string[] }[] }[] = [];
  const body = text.slice(Math.max(0, text.search(/^## /m)));
  for (const line of body.split("\n")) {
    const heading = /^## (\S+) · (\d{4}-\d{2}-\d{2})$/.exec(line);
    const sections = versions.at(-1)?.sections;
    const items = sections?.at(-1)?.items;
    if (heading) versions.push({ version: heading[1] ?? "", date: heading[2] ?? "", sections: [] });
    else if (line.startsWith("### ") && sections) sections.push({ title: line.slice(4), items: [] });
    else if (line.startsWith("- ") && items) items.push(line.slice(2));
    else if (line.startsWith("  ") && items?.length) items.push(`${items.pop()} ${line.trim()}`);
    else if (line.trim() !== "") throw new Error(`the change log has a line that is nothing known: ${line}`);
  }
  return versions;
}

export function readChangelog(locale: Locale): ChangelogVersion[] {
  return parseChangelog(readFileSync(projectFile(files[locale]), "utf8"));
}

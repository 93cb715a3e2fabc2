import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { apiVersions } from "#lib/api/middleware/version";
import { locales } from "#lib/kernel/locale";
import project from "../../package.json" with { type: "json" };
import { parseChangelog, readChangelog } from "./changelog.ts";

describe("the change log", () => {
  it("is read with its versions, kinds and items", () => {
    const text = "# Log\n\nAbout.\n\n## 1.0.0 · 2026-01-02\n\n### Added\n\n- One,\n  and more of it.\n- Two.\n";
    expect(parseChangelog(text)).toEqual([
      {
        version: "1.0.0",
        date: "2026-01-02",
        sections: [{ title: "Added", items: ["One, and more of it.", "Two."] }],
      },
    ]);
  });

  it("is not read in part when a line is not understood", () => {
    expect(() => parseChangelog("## 1.0.0 · 2026-01-02\n\nA stray line.\n")).toThrow("A stray line.");
  });

  const shapeOf = (locale: (typeof locales)[number]) =>
    readChangelog(locale).map(({ version, date, sections }) => [
      version,
      date,
      sections.map(({ items }) => items.length),
    ]);

  it.each(locales)("says as much in %s as in English, newest first", (locale) => {
    expect(shapeOf(locale)).toEqual(shapeOf("en"));
    const dates = readChangelog(locale).map(({ date }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it("ends at the version that package.json names", () => {
    expect(readChangelog("en")[0]?.version).toBe(project.version);
  });

  it("is found, as the samples are, by a product that was started in another folder", () => {
    const file = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const code = `
      import { setProjectRoot } from ${file("../../lib/kernel/project-root.ts")};
      import { readChangelog } from ${file("./changelog.ts")};
      import { readSample } from ${file("./sample-files.ts")};
      setProjectRoot(${JSON.stringify(process.cwd())});
      console.log(readChangelog("zh-CN")[0].version, readSample("README.md").length > 0);`;
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: tmpdir(),
      encoding: "utf8",
    });
    expect(said.trim()).toBe(`${project.version} true`);
  });

  it("names every version of the API", () => {
    const all = JSON.stringify(readChangelog("en"));
    expect(apiVersions.filter((version) => !all.includes(version))).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AuditReport, foreignLicences, graveAdvisories, isAllowed, readExceptions } from "./audit-dependencies.ts";

const advisory = (id: string, severity: string) => ({
  url: `https://github.com/advisories/${id}`,
  title: "takes over the machine",
  severity,
  name: "left-pad",
});
const report: AuditReport = {
  vulnerabilities: {
    "left-pad": { via: [advisory("GHSA-1", "critical"), advisory("GHSA-2", "moderate")] },
    "right-pad": { via: ["left-pad", advisory("GHSA-1", "critical"), advisory("GHSA-3", "high")] },
  },
};

describe("known weaknesses", () => {
  it("are named once each, the grave ones only", () => {
    expect(graveAdvisories(report, [], "2026-11-21")).toEqual([
      "critical: left-pad: takes over the machine, https://github.com/advisories/GHSA-1",
      "high: left-pad: takes over the machine, https://github.com/advisories/GHSA-3",
    ]);
  });

  it("are passed over as long as their exception counts, and no longer", () => {
    const exceptions = [
      { advisory: "GHSA-1", reason: "never called", expires: "2026-12-01" },
      { advisory: "GHSA-3", reason: "never called", expires: "2026-11-21" },
    ];
    const found = graveAdvisories(report, exceptions, "2026-11-21");
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("GHSA-3 (the exception ended on 2026-11-21)");
  });

  it("have exceptions with a reason and a day only", () => {
    for (const { advisory: id, reason, expires } of readExceptions(".").advisories) {
      expect(id).toMatch(/^GHSA-/);
      expect(reason.length).toBeGreaterThan(20);
      expect(expires).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

describe("licences", () => {
  it.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0)", true],
    ["Apache-2.0 AND MIT", true],
    ["Apache-2.0 AND LGPL-3.0-or-later", false],
    ["AGPL-3.0-only", false],
    ["none", false],
  ])("%s: %s", (expression, expected) => {
    expect(isAllowed(expression)).toBe(expected);
  });

  it("of all that goes out with the product are allowed, or excepted with a reason", () => {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, object> };
    expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
    expect(foreignLicences(lock.packages, readExceptions(".").licences)).toEqual([]);
  });

  it("do not hide behind an exception for another package or another licence", () => {
    const exceptions = [{ packages: "@img/sharp-*", licence: "LGPL-3.0-or-later", reason: "" }];
    const packages = {
      "node_modules/@img/sharp-x": { license: "Apache-2.0 AND LGPL-3.0-or-later" },
      "node_modules/@img/sharp-y": { license: "AGPL-3.0 AND LGPL-3.0-or-later" },
      "node_modules/other": { license: "LGPL-3.0-or-later" },
      "node_modules/tool": { license: "GPL-3.0", dev: true },
    };
    expect(foreignLicences(packages, exceptions)).toEqual([
      "@img/sharp-y: AGPL-3.0 AND LGPL-3.0-or-later",
      "other: LGPL-3.0-or-later",
    ]);
  });
});

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One advisory that we live with for a while, and why. */
export interface Exception {
  /** As the advisory's address ends: GHSA-… */
  readonly advisory: string;
  readonly reason: string;
  /** The day, YYYY-MM-DD, from which it no longer counts: somebody has to look again. */
  readonly expires: string;
}

export interface LicenceException {
  /** A package's name; `*` at its end stands for anything. */
  readonly packages: string;
  readonly licence: string;
  readonly reason: string;
}

interface Exceptions {
  readonly advisories: readonly Exception[];
  readonly licences: readonly LicenceException[];
}

interface Advisory {
  readonly url: string;
  readonly title: string;
  readonly severity: string;
  readonly name: string;
}

/** The part of `npm audit --json` that we read. */
export interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (Advisory | string)[] }>>;
}

const grave: readonly string[] = ["high", "critical"];
const timeoutMs = 60_000;

export function readExceptions(folder: string): Exceptions {
  return JSON.parse(readFileSync(join(folder, "docs", "dependency-exceptions.json"), "utf8")) as Exceptions;
}

/** @param today YYYY-MM-DD @returns a sentence for each high or critical advisory without an exception that still counts */
export function graveAdvisories(report: AuditReport, exceptions: readonly Exception[], today: string): string[] {
  const found = new Map<string, string>();
  for (const { via } of Object.values(report.vulnerabilities ?? {})) {
    for (const advisory of via) {
      // A text names another package of the report, through which this one is concerned.
      if (typeof advisory === "string" || !grave.includes(advisory.severity)) continue;
      const id = advisory.url.split("/").at(-1) ?? advisory.url;
      const exception = exceptions.find((one) => one.advisory === id);
      if (exception && today < exception.expires) continue;
      const expired = exception ? ` (the exception ended on ${exception.expires})` : "";
      found.set(id, `${advisory.severity}: ${advisory.name}: ${advisory.title}, ${advisory.url}${expired}`);
    }
  }
  return [...found.values()];
}

/** Asks the registry for known weaknesses of what is installed. @returns nothing when it can't be asked */
export async function askRegistry(folder: string): Promise<AuditReport | undefined> {
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: folder, timeout: timeoutMs, maxBuffer: 64_000_000 };
    // It exits with 1 both when it found something and when it could not ask; the report tells which.
    execFile("npm", ["audit", "--json"], options, (_error, stdout) => resolve(stdout));
  });
  try {
    const report = JSON.parse(output) as AuditReport;
    return report.vulnerabilities ? report : undefined;
  } catch {
    return undefined;
  }
}

const allowed = new Set([
  ...["MIT", "MIT-0", "Apache-2.0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0"],
  ...["CC0-1.0", "BlueOak-1.0.0", "Unlicense", "Python-2.0", "Zlib"],
]);

/** @param expression SPDX, of names joined by AND and OR */
export function isAllowed(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, " ")
    .split(/\sOR\s/)
    .some((choice) => choice.split(/\sAND\s/).every((name) => allowed.has(name.trim())));
}

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
}

/** What goes out with the product under a licence that is neither free of duties nor excepted. */
export function foreignLicences(
  packages: Readonly<Record<string, LockedPackage>>,
  exceptions: readonly LicenceException[],
): string[] {
  return Object.entries(packages).flatMap(([path, { license = "none", dev }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    if (!name || dev || isAllowed(license)) return [];
    const isExcepted = exceptions.some(
      ({ packages: pattern, licence }) =>
        license.includes(licence) &&
        (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern) &&
        isAllowed(license.replace(licence, "MIT")),
    );
    return isExcepted ? [] : [`${name}: ${license}`];
  });
}

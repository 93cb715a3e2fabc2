import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { askRegistry, graveAdvisories, readExceptions } from "./audit-dependencies.ts";
import { buildIfStale } from "./build.ts";
import { provideChromium } from "./chromium.ts";
import { type Counts, playwrightCounts, vitestCounts } from "./test-counts.ts";

const folder = process.cwd();
const reports = join(folder, ".data", "test");
const bin = (name: string) => join(folder, "node_modules", ".bin", name);

interface Stage {
  readonly name: string;
  /** @returns what passed and failed; throwing counts as one failure */
  run(): Promise<Counts>;
}

/** Runs a tool in the foreground; its output is the explanation of its exit code. */
function tool(command: string, args: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment };
    const child = spawn(command, args, { cwd: folder, stdio: "inherit", env });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

const asOneCheck = (isGood: boolean): Counts => ({ passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 });

/** The counts of a JSON report, with one failure more when the tool failed for a reason that the report does not know. */
function readReport(file: string, exitCode: number, count: (report: unknown) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const counts = count(JSON.parse(readFileSync(file, "utf8")));
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const stages: readonly Stage[] = [
  {
    name: "lint",
    async run() {
      const habits = await tool(bin("biome"), ["check", "."]);
      const imports = await tool(process.execPath, ["scripts/lint-imports.ts"]);
      return asOneCheck(habits === 0 && imports === 0);
    },
  },
  {
    name: "types",
    async run() {
      return asOneCheck((await tool(bin("tsc"), ["--noEmit", "--incremental", "false"])) === 0);
    },
  },
  {
    name: "dependencies",
    async run() {
      const report = await askRegistry(folder);
      if (!report) {
        console.log("skipped: the registry's list of known weaknesses is not reachable");
        return { passed: 0, failed: 0 };
      }
      const today = new Date().toISOString().slice(0, 10);
      const found = graveAdvisories(report, readExceptions(folder).advisories, today);
      for (const line of found) console.error(line);
      return asOneCheck(found.length === 0);
    },
  },
  {
    name: "unit and integration",
    async run() {
      const report = join(reports, "vitest.json");
      const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      return readReport(report, await tool(bin("vitest"), args), vitestCounts);
    },
  },
  {
    name: "build",
    async run() {
      await buildIfStale(folder);
      return asOneCheck(true);
    },
  },
  {
    name: "browser",
    async run() {
      const report = join(reports, "playwright.json");
      const environment = {
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        CHROMIUM_PATH: provideChromium(process.env) ?? "",
      };
      const code = await tool(bin("playwright"), ["test", "--reporter=list,json"], environment);
      return readReport(report, code, playwrightCounts);
    },
  },
];

/** Everything that says whether this tree is good. The last line is for machines: `N passed, N failed`. */
async function test(): Promise<void> {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const stage of stages) {
    console.log(`\n── ${stage.name}`);
    const start = performance.now();
    const counts = await stage.run().catch((error: unknown): Counts => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    passed += counts.passed;
    failed += counts.failed;
    const mark = counts.failed === 0 ? "✓" : "✗";
    results.push(`${mark} ${stage.name.padEnd(22)}${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  }
  console.log(`\n${results.join("\n")}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

await test();

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Check } from "./check.ts";
import type { Machine } from "./machine.ts";
import type { Step } from "./measure.ts";
import type { ScenarioName } from "./options.ts";
import type { Finding } from "./scenarios/scenario.ts";

export interface Result {
  readonly scenario: ScenarioName | "lists" | "exports";
  readonly date: string;
  readonly command: string;
  /** Orders in the database before the run. */
  readonly stored: number;
  readonly machine: Machine;
  readonly findings: readonly Finding[];
  readonly check: Check | undefined;
  readonly steps: readonly Step[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

const folder = fileURLToPath(new URL("./results/", import.meta.url));

/** `2026-11-21-payment-1000000.json`: a later run of the same day takes the place of the earlier. */
export async function writeResult(result: Result): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = `${result.date.slice(0, 10)}-${result.scenario}-${result.stored}.json`;
  await writeFile(join(folder, name), `${JSON.stringify(result, null, 2)}\n`);
  await writeTable();
}

/** One table of the newest result of each scenario and size, made from the files beside it. */
async function writeTable(): Promise<void> {
  const newest = new Map<string, Result>();
  for (const name of (await readdir(folder)).filter((file) => /^\d{4}-.*\.json$/.test(file)).sort()) {
    const result = JSON.parse(await readFile(join(folder, name), "utf8")) as Result;
    newest.set(`${result.scenario} ${String(result.stored).padStart(12, "0")}`, result);
  }
  const results = [...newest.values()];
  const lines = results.flatMap((result) =>
    result.findings.map(
      ({ what, target, measured, met }) =>
        `| ${what} | ${result.stored.toLocaleString("en")} | ${target} | ${measured} | ${met ? "yes" : "**no**"} | ${checked(result)} |`,
    ),
  );
  const runs = results.map(
    ({ date, scenario, stored, command, machine }) =>
      `- ${date.slice(0, 16).replace("T", " ")} UTC, ${scenario} at ${stored.toLocaleString("en")}: \`${command}\`, ` +
      `${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}, ` +
      `PostgreSQL ${machine.postgres ?? "not known"}, commit ${machine.commit}, load before the run ${machine.loadBefore}`,
  );
  await writeFile(
    join(folder, "README.md"),
    `${[...introduction, ...table, ...lines, "", "## Runs", "", ...runs].join("\n")}\n`,
  );
}

function checked({ check }: Result): string {
  if (!check) return "–";
  return check.violations.length === 0 ? "hold" : `**${check.violations.length} broken**`;
}

const table = ["| what | orders stored before | target | measured | met | invariants |", "|---|---|---|---|---|---|"];

const introduction = `# What was measured

Written by \`npm run bench\`; the JSON files beside this page hold every step with its percentiles, errors, processor time and
memory. Nothing here is estimated.

- Everything runs on one machine: load generator, server.ts (pages left out, worker inside), the simulated providers, the
  merchants' webhook receiver (inside the generator) and PostgreSQL with the product's own settings, fsync on.
- The generator is open: arrivals come at a fixed rate whatever the server does, and a latency begins at the scheduled arrival.
  *Dropped* are arrivals that could not begin because 2,000 were under way. "At most" is a closed loop of 48 callers.
- Providers answer after a log-normal delay of 120 ms at the median and 380 ms at the 99th percentile. Payments: 46 % WeChat Pay
  codes, 46 % Alipay codes, 8 % cards that are declined.
- The soak runs two web and two worker processes, with the shop asking the web processes in turn and sending again under the same
  \`Idempotency-Key\` what got no answer. One web process is killed every three minutes and started again; PostgreSQL is restarted
  once. Memory is judged of the processes that live through it all, after a warm-up of a fifth of the time, ten minutes at most.
- *Orders stored before* are rows of the real tables with all that belongs to them (bench/stored-orders.ts).
- *Invariants*, counted on the very data of the run: the ledger's own check for every merchant, no order paid twice, every paid
  order booked once and in its amount, every event numbered without gaps, every webhook accepted and received once.
`.split("\n");

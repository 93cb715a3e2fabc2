import { join } from "node:path";
import { round } from "./latencies.ts";
import { closedLoad, type LoadResult, openLoad, type Work } from "./load.ts";
import type { BenchOptions } from "./options.ts";
import type { PartsUsage, RunningParts } from "./servers.ts";

export interface Step {
  readonly name: string;
  readonly load: LoadResult;
  readonly usage: PartsUsage | undefined;
}

export interface Pace {
  /** Arrivals a second; as many as it takes with this many lanes when undefined. */
  readonly rate?: number;
  readonly lanes?: number;
  readonly seconds: number;
}

/** Until code is compiled, statements are planned and caches are full; in lanes, so that no queue is left behind. */
const firstWarmUp = { lanes: 16, seconds: 10 };
const warmUpSeconds = 3;
let isWarm = false;
let profiles = 0;

/** Warms up without counting, then measures. */
export async function measure(
  name: string,
  pace: Pace,
  parts: RunningParts | undefined,
  options: BenchOptions,
  work: Work,
): Promise<Step> {
  const load = (seconds: number) =>
    pace.rate === undefined ? closedLoad(pace.lanes ?? 64, seconds, work) : openLoad(pace.rate, seconds, work);
  if (!isWarm) await closedLoad(firstWarmUp.lanes, firstWarmUp.seconds, work);
  isWarm = true;
  await load(warmUpSeconds);
  const profile =
    options.profileDir && parts
      ? join(options.profileDir, `${name.replaceAll(/\W+/g, "-")}-${profiles++}.cpuprofile`)
      : undefined;
  if (profile) await parts?.profile();
  const watch = await parts?.watch();
  const result = await load(pace.seconds);
  const usage = await watch?.end(profile);
  const step = { name, load: result, usage };
  print(step);
  return step;
}

/** Processor time is the steadiest of all these numbers where other programs share the machine. */
function print({ name, load, usage }: Step): void {
  const lines = [`${name}: ${load.finishedPerSecond}/s${load.rate ? ` of ${load.rate}` : ""}, dropped ${load.dropped}`];
  for (const [what, q] of Object.entries(load.latencyMs)) {
    lines.push(`${what} p50 ${q.p50} p99 ${q.p99} max ${q.max} ms`);
  }
  if (usage) {
    const { serverLoopDelayMs, databaseTransactions, ...used } = usage;
    const each = Object.entries(used).map(
      ([part, { cores, cpuMs }]) => `${part} ${cores} cores, ${round(cpuMs / load.finished)} ms each`,
    );
    lines.push(each.join("; "));
    lines.push(
      `server's loop late p99 ${serverLoopDelayMs.p99} ms; ${round(databaseTransactions / load.finished)} transactions each`,
    );
  }
  const errors = Object.entries(load.errors).map(([what, count]) => `${count} × ${what}`);
  if (errors.length > 0) lines.push(`errors: ${errors.join(", ")}`);
  console.log(lines.join("\n    "));
}

/** Whether the server kept up with what arrived. */
export function keptUp({ load }: Step): boolean {
  const failed = Object.values(load.errors).reduce((sum, count) => sum + count, 0);
  return load.dropped === 0 && failed === 0 && load.finished === load.started;
}

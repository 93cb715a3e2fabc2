import { join } from "node:path";
import type { BenchOptions } from "./options.ts";
import { closedLoad, type LoadResult, openLoad, type Work } from "./load.ts";
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

const warmUpSeconds = 3;
let profiles = 0;

/** Warms up at the same pace without counting, then measures. */
export async function measure(
  name: string,
  pace: Pace,
  parts: RunningParts | undefined,
  options: BenchOptions,
  work: Work,
): Promise<Step> {
  const load = (seconds: number) =>
    pace.rate === undefined ? closedLoad(pace.lanes ?? 64, seconds, work) : openLoad(pace.rate, seconds, work);
  await load(warmUpSeconds);
  const profile = options.profileDir && parts ? join(options.profileDir, `${name}-${profiles++}.cpuprofile`) : undefined;
  if (profile) await parts?.profile();
  const watch = await parts?.watch();
  const result = await load(pace.seconds);
  const usage = await watch?.end(profile);
  const step = { name, load: result, usage };
  print(step);
  return step;
}

function print({ name, load, usage }: Step): void {
  const times = Object.entries(load.latencyMs).map(([what, q]) => `${what} p50 ${q.p50} p99 ${q.p99} max ${q.max} ms`);
  const errors = Object.entries(load.errors).map(([what, count]) => `${count}× ${what}`);
  console.log(
    [
      `${name}: ${load.finishedPerSecond}/s${load.rate ? ` of ${load.rate}` : ""}, dropped ${load.dropped}`,
      ...times,
      ...(usage
        ? [
            `cores: server ${usage.server.cores}, postgres ${usage.postgres.cores}, providers ${usage.simulators.cores}, ` +
              `generator ${usage.generator.cores}${usage.worker ? `, worker ${usage.worker.cores}` : ""}; ` +
              `loop p99 ${usage.serverLoopDelayMs.p99} ms; ${Math.round(usage.databaseTransactions / load.seconds)} tx/s`,
          ]
        : []),
      ...(errors.length > 0 ? [`errors: ${errors.join(", ")}`] : []),
    ].join("\n    "),
  );
}

/** Whether the server kept up with what arrived. */
export function keptUp({ load }: Step): boolean {
  const failed = Object.values(load.errors).reduce((sum, count) => sum + count, 0);
  return load.dropped === 0 && failed === 0 && load.finished === load.started;
}

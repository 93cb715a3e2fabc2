import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Latencies, type Quantiles, round } from "./latencies.ts";

export interface Arrival {
  readonly number: number;
  /** On performance.now()'s clock: when it should have begun, whatever the generator was doing. */
  readonly scheduledAt: number;
  /** Notes how long something took. */
  record(name: string, ms: number): void;
}

export type Work = (arrival: Arrival) => Promise<void>;

export interface LoadResult {
  /** Arrivals a second that were asked for; undefined where each waits for the one before. */
  readonly rate: number | undefined;
  readonly seconds: number;
  readonly started: number;
  readonly finished: number;
  /** Arrivals that could not begin because too many were still under way. */
  readonly dropped: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly finishedPerSecond: number;
  /** From the scheduled arrival, so that a server that stalls is charged with everybody who waited. */
  readonly latencyMs: Readonly<Record<string, Quantiles>>;
  readonly generatorLoopDelayP99Ms: number;
}

/** An error whose first word says what sort it is. */
export class LoadError extends Error {}

export interface Patience {
  /** Under way at once; arrivals above that are dropped. */
  readonly most: number;
  /** How long what is under way may still take when no more arrive. */
  readonly drainMs: number;
}

const usual: Patience = { most: 2_000, drainMs: 30_000 };

/** A fixed arrival rate that does not slow down when the server does. */
export async function openLoad(rate: number, seconds: number, work: Work, patience = usual): Promise<LoadResult> {
  const run = new Run(work, patience.most);
  const startedAt = performance.now();
  const total = Math.round(rate * seconds);
  let next = 0;
  while (next < total) {
    const now = performance.now();
    for (; next < total && startedAt + (next * 1_000) / rate <= now; next++) {
      run.arrive(next, startedAt + (next * 1_000) / rate);
    }
    await pause(1);
  }
  const arrivedAt = performance.now();
  await run.drained(patience.drainMs);
  return run.result(rate, (arrivedAt - startedAt) / 1_000);
}

/** As many as the server takes: each lane begins its next when its last has ended. Finds the most, says little of latency. */
export async function closedLoad(lanes: number, seconds: number, work: Work): Promise<LoadResult> {
  const run = new Run(work);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let next = 0;
  const lane = async () => {
    while (performance.now() < endsAt) await run.arrive(next++, performance.now());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return run.result(undefined, (performance.now() - startedAt) / 1_000);
}

class Run {
  readonly #work: Work;
  readonly #latencies = new Map<string, Latencies>();
  readonly #errors = new Map<string, number>();
  readonly #loop = monitorEventLoopDelay({ resolution: 5 });
  #started = 0;
  #finished = 0;
  #dropped = 0;
  #inFlight = 0;
  readonly #most: number;

  constructor(work: Work, most = usual.most) {
    this.#work = work;
    this.#most = most;
    this.#loop.enable();
  }

  async arrive(number: number, scheduledAt: number): Promise<void> {
    if (this.#inFlight >= this.#most) {
      this.#dropped += 1;
      return;
    }
    this.#started += 1;
    this.#inFlight += 1;
    try {
      await this.#work({ number, scheduledAt, record: (name, ms) => this.#record(name, ms) });
      this.#finished += 1;
    } catch (error) {
      const kind = error instanceof Error ? error.message.slice(0, 120) : "unknown";
      this.#errors.set(kind, (this.#errors.get(kind) ?? 0) + 1);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async drained(drainMs: number): Promise<void> {
    const until = performance.now() + drainMs;
    while (this.#inFlight > 0 && performance.now() < until) await pause(5);
    if (this.#inFlight > 0) this.#errors.set("never answered", this.#inFlight);
  }

  result(rate: number | undefined, seconds: number): LoadResult {
    this.#loop.disable();
    return {
      rate,
      seconds: round(seconds),
      started: this.#started,
      finished: this.#finished,
      dropped: this.#dropped,
      errors: Object.fromEntries(this.#errors),
      finishedPerSecond: round(this.#finished / seconds),
      latencyMs: Object.fromEntries([...this.#latencies].map(([name, values]) => [name, values.quantiles])),
      generatorLoopDelayP99Ms: round(this.#loop.percentile(99) / 1e6),
    };
  }

  #record(name: string, ms: number): void {
    let values = this.#latencies.get(name);
    if (!values) {
      values = new Latencies();
      this.#latencies.set(name, values);
    }
    values.add(ms);
  }
}

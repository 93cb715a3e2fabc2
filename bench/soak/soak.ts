import { setTimeout as pause } from "node:timers/promises";
import { type Check, check } from "../check.ts";
import { closedLoad, type LoadResult, openLoad } from "../load.ts";
import type { BenchOptions } from "../options.ts";
import type { Receiver } from "../receiver.ts";
import type { Finding, ScenarioResult } from "../scenarios/scenario.ts";
import type { World } from "../world.ts";
import { accountFor, atRest, repeatedWebhooks } from "./account.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { openSoakFlow, type SoakFlow } from "./flow.ts";
import { isFlat, MemoryLog } from "./memory.ts";

const ramp = { lanes: 96, warmUpS: 15, seconds: 30 };
const shareOfPeak = 0.7;
/** What piles up while the database is away must not be dropped, and the last ones may meet a process that dies. */
const patience = { most: 20_000, drainMs: 300_000 };
const killEveryMs = 180_000;
const progressMs = 30_000;

interface Disturbances {
  readonly webAwayMs: number[];
  databaseAwayMs: number;
  databaseRestartedAt: number;
}

/**
 * Payments at 70 % of what this machine can do, over two web and two worker processes, while a web process is killed
 * every few minutes and PostgreSQL is restarted once: afterwards every order must be accounted for.
 */
export async function soak(
  world: World,
  receiver: Receiver,
  options: BenchOptions,
  logDir: string,
): Promise<{ result: ScenarioResult; checked: Check }> {
  const fleet = await startFleet(world, logDir);
  const keys = world.merchants.map(({ key }) => key);
  const flow = openSoakFlow(fleet, world.environment.PUBLIC_URL ?? "", keys, receiver);
  try {
    say(`two web and two worker processes run; their logs are in ${logDir}`);
    const peak = options.rate === undefined ? await peakOf(flow) : undefined;
    const rate = options.rate ?? Math.max(1, Math.floor((peak ?? 1) * shareOfPeak));
    say(`${rate} payments/s for ${options.minutes} min${peak === undefined ? "" : `: 70 % of ${peak}/s`}`);
    const memory = new MemoryLog();
    const ending = new AbortController();
    const disturbed = disturb(world, fleet, options.minutes * 60_000, ending.signal);
    const watched = watch({ world, fleet, flow, receiver, memory }, options.minutes, ending.signal);
    const work = async (arrival: Parameters<SoakFlow["pay"]>[0]) => void (await flow.pay(arrival));
    const load = await openLoad(rate, options.minutes * 60, work, patience);
    ending.abort();
    for (const [what, count] of Object.entries(load.errors)) say(`given up: ${count} × ${what}`);
    await watched;
    const disturbances = await disturbed;
    await atRest(world, flow, say);
    const faults = await accountFor(world, flow);
    const checked = withSoak(await check(world, receiver, { mayRepeat: true }), faults, fleet.deaths);
    return { result: resultOf({ load, rate, peak, flow, receiver, memory, disturbances, checked }), checked };
  } finally {
    flow.close();
    await fleet.stop();
  }
}

/** As many whole payments as the processes take, each lane beginning its next when its webhook has come. */
async function peakOf(flow: SoakFlow): Promise<number> {
  say("measuring the peak …");
  const whole = async (arrival: Parameters<SoakFlow["pay"]>[0]) => (await flow.pay(arrival)).told;
  await closedLoad(ramp.lanes, ramp.warmUpS, whole);
  return (await closedLoad(ramp.lanes, ramp.seconds, whole)).finishedPerSecond;
}

/** Kills a web process every three minutes, or four times in a short run; the database is restarted once, in the middle. */
async function disturb(world: World, fleet: Fleet, lengthMs: number, signal: AbortSignal): Promise<Disturbances> {
  const done: Disturbances = { webAwayMs: [], databaseAwayMs: 0, databaseRestartedAt: 0 };
  const startedAt = performance.now();
  const until = async (atMs: number) => {
    const left = atMs - (performance.now() - startedAt);
    if (left > 0) await pause(left, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  };
  const every = Math.min(killEveryMs, lengthMs / 5);
  const restart = until(lengthMs / 2).then(async (isTime) => {
    if (!isTime) return;
    done.databaseRestartedAt = Date.now();
    done.databaseAwayMs = await world.restartDatabase();
    say(`PostgreSQL was away for ${done.databaseAwayMs} ms`);
  });
  for (let atMs = every; atMs < lengthMs - every / 2 && (await until(atMs)); atMs += every) {
    done.webAwayMs.push(await fleet.killWeb());
    say(`web 1 was killed, and away for ${done.webAwayMs.at(-1)} ms`);
  }
  await restart;
  return done;
}

interface Watched {
  readonly world: World;
  readonly fleet: Fleet;
  readonly flow: SoakFlow;
  readonly receiver: Receiver;
  readonly memory: MemoryLog;
}

async function watch(watched: Watched, minutes: number, signal: AbortSignal): Promise<void> {
  const { world, fleet, flow, receiver, memory } = watched;
  const startedAt = performance.now();
  const everyMs = Math.min(10_000, minutes * 1_000);
  let saidAt = startedAt;
  while (!signal.aborted) {
    await memory.sample({ ...fleet.pids(), postmaster: world.postgresPid, generator: process.pid });
    if (performance.now() - saidAt >= progressMs) {
      saidAt = performance.now();
      const elapsed = Math.round((saidAt - startedAt) / 1_000);
      const used = Object.entries(memory.now()).map(([name, megabytes]) => `${name} ${Math.round(megabytes)}`);
      say(
        `${elapsed} s: ${flow.orders.size} orders, ${receiver.counts.size} webhooks, ${flow.awaited} awaited; MB ${used.join(", ")}`,
      );
    }
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}

function withSoak(checked: Check, faults: Readonly<Record<string, number>>, deaths: readonly string[]): Check {
  const found = Object.entries(faults).filter(([, count]) => count !== 0);
  return {
    counted: checked.counted,
    violations: [
      ...checked.violations,
      ...found.map(([what, count]) => `${what}: ${count}`),
      ...deaths.map((what) => `ended by itself: ${what}`),
    ],
  };
}

interface Outcome {
  readonly load: LoadResult;
  readonly rate: number;
  readonly peak: number | undefined;
  readonly flow: SoakFlow;
  readonly receiver: Receiver;
  readonly memory: MemoryLog;
  readonly disturbances: Disturbances;
  readonly checked: Check;
}

function resultOf({ load, rate, peak, flow, receiver, memory, disturbances, checked }: Outcome): ScenarioResult {
  const { webAwayMs, databaseAwayMs, databaseRestartedAt } = disturbances;
  const repeated = repeatedWebhooks(receiver, databaseRestartedAt);
  const all = memory.findings();
  const judged = all.filter(({ process }) => /^(?:web 2|worker)/.test(process));
  const errors = Object.values(load.errors).reduce((sum, count) => sum + count, 0);
  const findings: Finding[] = [
    {
      what: `soak at ${rate}/s over ${Math.round(load.seconds / 60)} min, web killed ${webAwayMs.length} times, PostgreSQL restarted once: orders lost or doubled`,
      target: "0",
      measured: `${checked.violations.length} broken promises over ${flow.orders.size} orders; ${load.dropped} dropped, ${errors} given up`,
      met: checked.violations.length === 0 && load.dropped === 0 && errors === 0 && databaseAwayMs > 0,
    },
    {
      what: "soak: webhooks delivered",
      target: "all, again only after the restart",
      measured: `${receiver.counts.size} arrived, ${flow.awaited} missing, ${repeated.all} came again, ${repeated.unexcused} of them at another time`,
      met: flow.awaited === 0 && repeated.unexcused === 0,
    },
    {
      what: "soak: memory, first third against last third",
      target: "≤ 10 % + 16 MB more",
      measured: judged
        .map((one) => `${one.process} ${one.firstThirdMb} → ${one.lastThirdMb} MB (${one.slopeMbPerHour} MB/h)`)
        .join(", "),
      met: judged.length === 3 && judged.every(isFlat),
    },
  ];
  const repeats = Object.fromEntries(flow.repeats);
  const extra = {
    rate,
    peak: peak ?? null,
    webAwayMs,
    databaseAwayMs,
    repeats,
    repeatedWebhooks: repeated,
    memory: all,
  };
  return { steps: [{ name: `soak at ${rate}/s`, load, usage: undefined }], findings, extra };
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

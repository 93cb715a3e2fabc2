import { round } from "../latencies.ts";
import { benchLedger, defaultLedgerBench } from "../ledger.ts";
import type { BenchOptions } from "../options.ts";
import { benchWebhooks, defaultWebhookBench } from "../webhooks.ts";
import type { World } from "../world.ts";
import type { ScenarioResult } from "./scenario.ts";

const mostTransfers = 10_000_000;

/** Posting and balances through our own code, on merchants of its own beside the stored ones. */
export async function ledger(world: World, { seconds }: BenchOptions): Promise<ScenarioResult> {
  const transfers = world.stored >= 1_000_000 ? mostTransfers : 1_000_000;
  const report = await benchLedger(world.urls, { ...defaultLedgerBench, seconds, transfers });
  const { oneByOne, batches, balance, violations } = report;
  const slower = Math.min(oneByOne.hot, oneByOne.spread);
  return {
    steps: [],
    extra: { report },
    findings: [
      {
        what: "ledger transactions one by one",
        target: "≥ 5,000/s",
        measured: `${round(slower)}/s`,
        met: slower >= 5_000,
      },
      {
        what: "one hot account against 10,000",
        target: "≥ 95 %",
        measured: `${Math.round(oneByOne.hotShareOfSpread * 100)} %`,
        met: oneByOne.hotShareOfSpread >= 0.95,
      },
      {
        what: "ledger transactions in batches",
        target: "≥ 15,000/s",
        measured: `${round(batches.transactionsPerSecond)}/s`,
        met: batches.transactionsPerSecond >= 15_000,
      },
      {
        what: `balance read with ${transfers.toLocaleString("en")} transfers`,
        target: "≤ 2 ms",
        measured: `p50 ${round(balance.p50Ms)} ms, p99 ${round(balance.p99Ms)} ms`,
        met: balance.p50Ms <= 2,
      },
      {
        what: "ledger invariants",
        target: "0 broken",
        measured: `${violations.length} broken`,
        met: violations.length === 0,
      },
    ],
  };
}

/** One worker, one receiver in a process of its own. */
export async function webhooks(world: World): Promise<ScenarioResult> {
  const report = await benchWebhooks(world.urls, { ...defaultWebhookBench, compareSingleJobs: false });
  const { deliveredPerSecond, endToEndPerSecond, violations } = report;
  const slower = Math.min(deliveredPerSecond.spread, deliveredPerSecond.oneMerchant);
  return {
    steps: [],
    extra: { report },
    findings: [
      {
        what: "webhook deliveries by one worker",
        target: "≥ 1,000/s, none lost",
        measured: `${slower}/s queued beforehand, ${endToEndPerSecond}/s from the outbox; ${violations.length === 0 ? "none lost" : violations.join(", ")}`,
        met: slower >= 1_000 && violations.length === 0,
      },
    ],
  };
}

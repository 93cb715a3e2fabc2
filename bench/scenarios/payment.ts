import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { HttpClient } from "../http-client.ts";
import { type Arrival, LoadError } from "../load.ts";
import { keptUp, measure, type Pace, type Step } from "../measure.ts";
import { confirmInWallet, createOrder, nextNumber, payingOf, readOrder, startAttempt } from "../shop.ts";
import { keyOf, type ScenarioResult, type Stage } from "./scenario.ts";

const targetRate = 250;
/** Tried one after the other above the target, until one is not kept up with. */
const furtherRates = [300, 350, 400];
const endTimeoutMs = 25_000;
const pollMs = 250;

/**
 * A payment from beginning to end: the merchant creates the order, the shopper chooses a method on the checkout, the
 * provider makes a code (or declines the card), the shopper confirms in the wallet, the provider's signed notification
 * is booked, and the merchant's signed webhook arrives.
 */
export async function payment(stage: Stage): Promise<ScenarioResult> {
  const flow = openFlow(stage);
  const step = (name: string, pace: Pace): Promise<Step> =>
    measure(`payment ${name}`, pace, stage.parts, stage.options, flow.pay);
  try {
    const { seconds, rate } = stage.options;
    if (rate !== undefined) return { steps: [await step(`at ${rate}/s`, { rate, seconds })], findings: [] };
    const first = await step(`at ${targetRate}/s`, { rate: targetRate, seconds });
    const steps = [first];
    for (const next of furtherRates) {
      if (!isSustained(steps.at(-1))) break;
      steps.push(await step(`at ${next}/s`, { rate: next, seconds }));
    }
    const sustained = steps.filter(isSustained).at(-1);
    const create = first.load.latencyMs.create?.p99;
    const total = first.load.latencyMs["confirmed to webhook"];
    return {
      steps,
      findings: [
        {
          what: "full payment",
          target: "≥ 250/s sustained, create p99 ≤ 100 ms, 0 dropped (stretch 400/s)",
          measured:
            `${sustained ? `${sustained.load.rate}/s sustained` : `not sustained: ${first.load.finishedPerSecond}/s of ${targetRate} ended`}; ` +
            `at ${targetRate}/s create p99 ${create} ms, confirmation to webhook p50 ${total?.p50} p99 ${total?.p99} ms, ${first.load.dropped} dropped`,
          met: isSustained(first),
        },
      ],
    };
  } finally {
    flow.close();
  }
}

/** Everything ended, nothing was dropped, creating stayed quick, and no queue grew behind it. */
function isSustained(step: Step | undefined): boolean {
  if (!step || !keptUp(step)) return false;
  const { create, "confirmed to webhook": webhook } = step.load.latencyMs;
  return (create?.p99 ?? Infinity) <= 100 && (webhook?.p99 ?? Infinity) <= 5_000;
}

export interface PaymentFlow {
  pay(arrival: Arrival): Promise<void>;
  close(): void;
}

export function openFlow(stage: Stage, keys: readonly string[] = stage.keys): PaymentFlow {
  const api = new HttpClient(stage.baseUrl);
  const wallets = new HttpClient(stage.walletUrl);
  const { receiver } = stage;
  const origin = new URL(stage.baseUrl).origin;
  return {
    async pay({ scheduledAt, record }) {
      const own = nextNumber();
      const key = keyOf({ ...stage, keys }, own);
      const paying = payingOf(own);
      const orderId = await createOrder(api, key, paying, own);
      const createdAt = performance.now();
      record("create", createdAt - scheduledAt);
      const attempt = await startAttempt(api, origin, orderId, paying);
      const startedAt = performance.now();
      record("start, provider included", startedAt - createdAt);
      if (paying.declines !== (attempt.status === "failed")) throw new LoadError(`start: ${attempt.status}`);
      if (attempt.code) await confirmInWallet(wallets, paying.method, attempt.code);
      const confirmedAt = performance.now();
      if (receiver) {
        const type = await receiver.ended(orderId, endTimeoutMs);
        if ((type === "attempt.failed") !== paying.declines) throw new LoadError(`ended as ${type}`);
      } else if (!paying.declines) await untilPaid(api, key, orderId);
      const now = performance.now();
      record(paying.declines ? "declined to webhook" : "confirmed to webhook", now - confirmedAt);
      record("whole", now - scheduledAt);
    },
    close() {
      api.close();
      wallets.close();
    },
  };
}

async function untilPaid(api: HttpClient, key: string, orderId: string): Promise<void> {
  const until = performance.now() + endTimeoutMs;
  while (performance.now() < until) {
    if ((await readOrder(api, key, orderId)).includes('"status":"paid"')) return;
    await pause(pollMs);
  }
  throw new LoadError("not paid in time");
}

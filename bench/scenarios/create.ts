import { performance } from "node:perf_hooks";
import { HttpClient } from "../http-client.ts";
import { keptUp, measure, type Pace, type Step } from "../measure.ts";
import { createOrder, nextNumber, payingOf } from "../shop.ts";
import { keyOf, type ScenarioResult, type Stage } from "./scenario.ts";

const latencyRate = 400;
const targetRate = 800;
const lanes = 48;

/** `POST /v1/orders` with an Idempotency-Key, as the docs tell merchants to. */
export async function create(stage: Stage): Promise<ScenarioResult> {
  const api = new HttpClient(stage.baseUrl);
  const step = (name: string, pace: Pace): Promise<Step> =>
    measure(`create ${name}`, pace, stage.parts, stage.options, async ({ scheduledAt, record }) => {
      const own = nextNumber();
      await createOrder(api, keyOf(stage, own), payingOf(own), own);
      record("create", performance.now() - scheduledAt);
    });
  const { seconds, rate } = stage.options;
  if (rate !== undefined) return { steps: [await step(`at ${rate}/s`, { rate, seconds })], findings: [] };

  const slow = await step(`at ${latencyRate}/s`, { rate: latencyRate, seconds });
  const fast = await step(`at ${targetRate}/s`, { rate: targetRate, seconds });
  const most = await step("at full speed", { lanes, seconds });
  api.close();
  const p99 = slow.load.latencyMs.create?.p99 ?? Number.NaN;
  return {
    steps: [slow, fast, most],
    findings: [
      {
        what: "create an order, p99 at 400/s",
        target: "≤ 60 ms",
        measured: `${p99} ms`,
        met: p99 <= 60 && keptUp(slow),
      },
      {
        what: "create orders",
        target: "≥ 800/s",
        measured: `${most.load.finishedPerSecond}/s at most; at 800/s p99 ${fast.load.latencyMs.create?.p99} ms, ${fast.load.dropped} dropped`,
        met: most.load.finishedPerSecond >= targetRate,
      },
    ],
  };
}

import { performance } from "node:perf_hooks";
import { HttpClient } from "../http-client.ts";
import { round } from "../latencies.ts";
import { measure, type Step } from "../measure.ts";
import { createOrder, nextNumber, payingOf } from "../shop.ts";
import { openFlow } from "./payment.ts";
import { keyOf, type ScenarioResult, type Stage } from "./scenario.ts";

/** Hot and spread take turns, so that a machine that slows down slows both. */
const rounds = 2;
const createLanes = 48;
const paymentLanes = 160;

/** The same load on one merchant and on many: what one merchant's rows, locks and accounts cost. */
export async function hot(stage: Stage): Promise<ScenarioResult> {
  const steps: Step[] = [];
  const rates = { create: { hot: 0, spread: 0 }, payment: { hot: 0, spread: 0 } };
  for (let round = 0; round < rounds; round++) {
    for (const how of ["hot", "spread"] as const) {
      const keys = how === "hot" ? stage.keys.slice(0, 1) : stage.keys;
      for (const [what, run] of [
        ["create", creating],
        ["payment", paying],
      ] as const) {
        const step = await run(stage, keys, `${how} ${what}`);
        steps.push(step);
        rates[what][how] += step.load.finishedPerSecond;
      }
    }
  }
  const ratios = {
    create: round(rates.create.hot / rates.create.spread),
    payment: round(rates.payment.hot / rates.payment.spread),
  };
  const merchants = stage.keys.length;
  return {
    steps,
    extra: { merchants, ratios },
    findings: (["create", "payment"] as const).map((what) => ({
      what: `${what}, everything on one merchant against ${merchants}`,
      target: "≥ 95 % (the ledger's budget, applied to the whole)",
      measured: `${Math.round(ratios[what] * 100)} % (${Math.round(rates[what].hot / rounds)}/s against ${Math.round(rates[what].spread / rounds)}/s)`,
      met: ratios[what] >= 0.95,
    })),
  };
}

async function creating(stage: Stage, keys: readonly string[], name: string): Promise<Step> {
  const api = new HttpClient(stage.baseUrl);
  const pace = { lanes: createLanes, seconds: stage.options.seconds };
  const step = await measure(name, pace, stage.parts, stage.options, async ({ scheduledAt, record }) => {
    const own = nextNumber();
    await createOrder(api, keyOf({ ...stage, keys }, own), payingOf(own), own);
    record("create", performance.now() - scheduledAt);
  });
  api.close();
  return step;
}

async function paying(stage: Stage, keys: readonly string[], name: string): Promise<Step> {
  const flow = openFlow(stage, keys);
  const pace = { lanes: paymentLanes, seconds: stage.options.seconds };
  const step = await measure(name, pace, stage.parts, stage.options, flow.pay);
  flow.close();
  return step;
}

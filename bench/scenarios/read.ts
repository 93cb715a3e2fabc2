import { performance } from "node:perf_hooks";
import { HttpClient } from "../http-client.ts";
import { measure, type Pace, type Step } from "../measure.ts";
import { createOrder, nextNumber, payingOf, readOrder } from "../shop.ts";
import { keyOf, type ScenarioResult, type Stage } from "./scenario.ts";

const targetRate = 2_000;
const lanes = 48;
const sampled = 20_000;
const madeWhenNoneStored = 200;

interface Known {
  readonly id: string;
  readonly key: string;
}

/** `GET /v1/orders/{id}` of orders drawn from all that are stored. */
export async function read(stage: Stage): Promise<ScenarioResult> {
  const api = new HttpClient(stage.baseUrl);
  const known = await knownOrders(stage, api);
  const step = (name: string, pace: Pace): Promise<Step> =>
    measure(`read ${name}`, pace, stage.parts, stage.options, async ({ scheduledAt, record }) => {
      const order = known[Math.floor(Math.random() * known.length)];
      if (!order) throw new Error("no order to read");
      await readOrder(api, order.key, order.id);
      record("read", performance.now() - scheduledAt);
    });
  const { seconds, rate } = stage.options;
  if (rate !== undefined) return { steps: [await step(`at ${rate}/s`, { rate, seconds })], findings: [] };

  const steady = await step("at 1000/s", { rate: 1_000, seconds });
  const most = await step("at full speed", { lanes, seconds });
  api.close();
  return {
    steps: [steady, most],
    findings: [
      {
        what: "read an order",
        target: "≥ 2,000/s",
        measured: `${most.load.finishedPerSecond}/s at most; at 1,000/s p99 ${steady.load.latencyMs.read?.p99} ms`,
        met: most.load.finishedPerSecond >= targetRate,
      },
    ],
  };
}

async function knownOrders(stage: Stage, api: HttpClient): Promise<Known[]> {
  const { world } = stage;
  if (world && world.stored > 0) {
    const keys = new Map(world.merchants.map(({ merchantId, key }) => [merchantId, key]));
    const rows = await world.owner`
      select merchant_id, id from orders where merchant_order_no like 'past-%' order by random() limit ${sampled}`;
    return rows.map((row) => ({ id: String(row.id), key: keys.get(String(row.merchant_id)) ?? "" }));
  }
  const made: Known[] = [];
  for (let count = 0; count < madeWhenNoneStored; count++) {
    const number = nextNumber();
    const key = keyOf(stage, number);
    made.push({ key, id: await createOrder(api, key, payingOf(number), number) });
  }
  return made;
}

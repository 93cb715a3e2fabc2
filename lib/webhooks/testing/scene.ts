import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { Context } from "#db/tenancy";
import { type DeliveryWithTries, getDelivery } from "../get-delivery.ts";
import { listDeliveries } from "../list-deliveries.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { type World, webhookWorld } from "./world.ts";

export interface Scene {
  readonly world: World;
  readonly receiver: Receiver;
  readonly ctx: Context;
  readonly endpointId: string;
  readonly secret: string;
}

/** Before each test a new merchant with one endpoint at a receiver that accepts everything. Filled in by hooks. */
export function deliveryScene(): Scene {
  const scene = {} as { -readonly [key in keyof Scene]: Scene[key] };
  beforeAll(async () => {
    scene.world = await webhookWorld();
  });
  afterAll(() => scene.world.close());
  beforeEach(async () => {
    scene.receiver = await startReceiver();
    scene.ctx = await scene.world.newMerchant();
    const { endpoint, secret } = await scene.world.newEndpoint(scene.ctx, scene.receiver.url);
    Object.assign(scene, { endpointId: endpoint.id, secret });
  });
  afterEach(async () => {
    await scene.receiver.close();
    await scene.world.owner`delete from graphile_worker._private_jobs`;
    await scene.world
      .owner`update webhook_deliveries set status = 'failed', next_try_at = null where status = 'pending'`;
  });
  return scene;
}

export async function paidAndDrained({ world, ctx }: Scene, count = 1): Promise<void> {
  for (let index = 0; index < count; index++) await world.happen(ctx, "order.paid", `ord_${index}`);
  await world.drain();
}

/** Makes what is queued due by the real clock too, for jobs that run by it. */
export async function dueByRealClock({ world, ctx }: Scene): Promise<void> {
  await world.owner`update webhook_deliveries set next_try_at = now()
    where merchant_id = ${ctx.merchantId} and status = 'pending'`;
}

export async function deliveriesOf({ ctx }: Scene) {
  return (await listDeliveries(ctx, { limit: 100 })).deliveries;
}

/** @throws Error when there are none or several */
export async function onlyDelivery(scene: Scene): Promise<DeliveryWithTries> {
  const [first, ...others] = await deliveriesOf(scene);
  if (!first || others.length > 0) throw new Error(`not exactly one delivery: ${others.length + (first ? 1 : 0)}`);
  return getDelivery(scene.ctx, first.id);
}

export async function audited({ world, ctx }: Scene, verb: string) {
  const rows = await world.owner`select object_id, change from audit_log
    where merchant_id = ${ctx.merchantId} and verb = ${verb}`;
  return rows.map((row) => ({ objectId: row.object_id as string, change: row.change as unknown }));
}

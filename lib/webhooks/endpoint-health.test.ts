import { describe, expect, it } from "vitest";
import { newRequestId } from "#lib/jobs/job";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { disableEndpoint } from "./disable-endpoint.ts";
import { enableEndpoint } from "./enable-endpoint.ts";
import { getEndpoint } from "./get-endpoint.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { audited, deliveriesOf, deliveryScene, dueByRealClock, onlyDelivery, paidAndDrained } from "./testing/scene.ts";

const hourMs = 3_600_000;
const scene = deliveryScene();

describe("an endpoint that fails", () => {
  it("is switched off at once by 410, with the rest of its deliveries given up and its siblings told", async () => {
    const { world, receiver, ctx, endpointId } = scene;
    const sibling = await world.newEndpoint(ctx, `${receiver.url}/sibling`, ["webhook_endpoint.disabled"]);
    receiver.reply = (webhook, response) => response.writeHead(webhook.path.endsWith("sibling") ? 200 : 410).end();
    await paidAndDrained(scene);
    await world.runDueJobs();
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ status: "disabled", disabledReason: "gone" });
    expect((await onlyDelivery(scene)).delivery).toMatchObject({
      status: "failed",
      responseStatus: 410,
      error: "gone",
    });
    expect(await audited(scene, "webhook_endpoint.disable")).toEqual([
      { objectId: endpointId, change: { reason: "gone" } },
    ]);
    await world.drain();
    await world.runDueJobs();
    expect(receiver.received.at(-1)?.body).toMatchObject({
      type: "webhook_endpoint.disabled",
      data: { object: { id: endpointId, status: "disabled", disabled_reason: "gone" } },
    });
    expect((await listDeliveries(ctx, { limit: 10, endpointId: sibling.endpoint.id })).deliveries).toHaveLength(1);
  });

  it("is reported after a day and switched off after five, once each, unless something gets through", async () => {
    const { world, receiver, ctx, endpointId } = scene;
    receiver.reply = (_webhook, response) => response.writeHead(500).end();
    const failAt = async (ms: number) => {
      world.clock.advance(ms);
      await world.happen(ctx, "order.paid");
      await world.drain();
      await world.runDueJobs();
    };
    await failAt(0);
    const failingSince = world.clock.now();
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ status: "enabled", failingSince, alertedAt: null });
    await failAt(24 * hourMs);
    await failAt(hourMs);
    expect(await audited(scene, "webhook_endpoint.failing")).toHaveLength(1);
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ status: "enabled", failingSince });

    receiver.reply = (_webhook, response) => response.writeHead(200).end();
    await failAt(0);
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ failingSince: null, alertedAt: null });

    receiver.reply = (_webhook, response) => response.writeHead(500).end();
    await failAt(hourMs);
    await failAt(119 * hourMs);
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ status: "enabled" });
    await failAt(hourMs);
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ status: "disabled", disabledReason: "failing" });
    expect(await audited(scene, "webhook_endpoint.disable")).toHaveLength(1);
    const told =
      await world.owner`select id from events where merchant_id = ${ctx.merchantId} and type = 'webhook_endpoint.disabled'`;
    expect(told).toHaveLength(1);
  });

  it("gets nothing of what was on its way when it is switched off or deleted", async () => {
    const { world, receiver, ctx, endpointId } = scene;
    await paidAndDrained(scene);
    await disableEndpoint(ctx, endpointId);
    await world.runDueJobs();
    expect((await onlyDelivery(scene)).delivery).toMatchObject({
      status: "failed",
      error: "endpoint_disabled",
      tryCount: 0,
    });
    await enableEndpoint(ctx, endpointId);
    await paidAndDrained(scene);
    await deleteEndpoint(ctx, endpointId);
    await world.runDueJobs();
    expect((await deliveriesOf(scene)).map((delivery) => delivery.error)).toEqual([
      "endpoint_disabled",
      "endpoint_disabled",
    ]);
    expect(receiver.received).toHaveLength(0);
  });

  it("does not hold more than two workers while it fails", async () => {
    const { world, receiver, ctx, endpointId } = scene;
    let waiting = 0;
    let most = 0;
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    receiver.reply = (_webhook, response) => response.writeHead(500).end();
    await paidAndDrained(scene);
    await world.runDueJobs();
    receiver.reply = async (_webhook, response) => {
      most = Math.max(most, ++waiting);
      if (waiting === 2) answer();
      await mayAnswer;
      waiting -= 1;
      response.writeHead(500).end();
    };
    await paidAndDrained(scene, 5);
    const all = await deliveriesOf(scene);
    const fresh = all.filter((delivery) => delivery.tryCount === 0);
    const scope = { merchantId: ctx.merchantId, livemode: false, requestId: newRequestId(ctx.merchantId) };
    await world.owner`delete from graphile_worker._private_jobs`;
    await dueByRealClock(scene);
    await Promise.all(fresh.map(({ id }) => deliverWebhooks.run({ endpointId, deliveryIds: id, ...scope }, world.db)));
    expect(most).toBe(2);
    expect(receiver.received).toHaveLength(3);
    // The others come back, each by a job of its own.
    const ids = (await world.jobs()).map((job) => job.payload.deliveryIds).sort();
    expect(ids).toEqual(fresh.map((delivery) => delivery.id).sort());
  });
});

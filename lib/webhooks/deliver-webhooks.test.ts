import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { newRequestId } from "#lib/jobs/job";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { disableEndpoint } from "./disable-endpoint.ts";
import { enableEndpoint } from "./enable-endpoint.ts";
import { getDelivery } from "./get-delivery.ts";
import { getEndpoint } from "./get-endpoint.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { rollSecret } from "./roll-secret.ts";
import { eventSchema, webhookDeliveryJson, webhookDeliverySchema } from "./schemas.ts";
import { sweepDeliveries } from "./sweep-deliveries.ts";
import { type Receiver, startReceiver } from "./testing/receiver.ts";
import { type World, webhookWorld } from "./testing/world.ts";

const hourMs = 3_600_000;

let world: World;
let receiver: Receiver;
let ctx: Context;
let endpointId: string;
let secret: string;

beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  receiver = await startReceiver();
  ctx = await world.newMerchant();
  const made = await world.newEndpoint(ctx, receiver.url);
  endpointId = made.endpoint.id;
  secret = made.secret;
});
afterEach(async () => {
  await receiver.close();
  await world.owner`delete from graphile_worker._private_jobs`;
  await world.owner`update webhook_deliveries set status = 'failed', next_try_at = null where status = 'pending'`;
});

async function paidAndDrained(count = 1): Promise<void> {
  for (let index = 0; index < count; index++) await world.happen(ctx, "order.paid", `ord_${index}`);
  await world.drain();
}

const deliveriesOf = async (who: Context) => (await listDeliveries(who, { limit: 100 })).deliveries;

async function onlyDelivery() {
  const [first, ...others] = await deliveriesOf(ctx);
  expect(others).toEqual([]);
  if (!first) throw new Error("no delivery");
  return getDelivery(ctx, first.id);
}

const audited = async (verb: string) =>
  (
    await world.owner`select object_id, change from audit_log where merchant_id = ${ctx.merchantId} and verb = ${verb}`
  ).map((row) => ({ objectId: row.object_id, change: row.change }));

describe("deliverWebhooks", () => {
  it("posts the event in the form of the API, signed so that the reference library accepts it", async () => {
    await paidAndDrained();
    const [job] = await world.jobs();
    if (!job) throw new Error("no job");
    // The signature's time is the real one here, because the library compares with its own clock.
    await world.owner`update webhook_deliveries set next_try_at = now() where merchant_id = ${ctx.merchantId}`;
    await deliverWebhooks.run(job.payload, world.db);

    const [got] = receiver.received;
    if (!got) throw new Error("nothing received");
    const verified = new Webhook(secret).verify(got.raw, got.headers as Record<string, string>);
    expect(eventSchema.parse(verified)).toEqual({
      id: got.headers["webhook-id"],
      object: "event",
      type: "order.paid",
      livemode: false,
      sequence: 1,
      created_at: world.clock.now().toISOString(),
      data: { object: { id: "ord_0", subject: "茶 & “tea”" } },
    });
    expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(() => new Webhook(secret).verify(`${got.raw} `, got.headers as Record<string, string>)).toThrow();

    const { delivery, tries } = await onlyDelivery();
    expect(delivery).toMatchObject({
      status: "succeeded",
      tryCount: 1,
      responseStatus: 204,
      nextTryAt: null,
      error: null,
    });
    expect(tries).toMatchObject([{ number: 1, responseStatus: 204, error: null, responseBody: "" }]);
    expect(webhookDeliverySchema.parse(webhookDeliveryJson(delivery))).toMatchObject({ event_type: "order.paid" });
  });

  it("signs with the old secret too for 24 hours after a roll", async () => {
    const rolled = await rollSecret(ctx, endpointId);
    const signatureWith = (key: string, at: number) => {
      const got = receiver.received[at];
      if (!got) throw new Error("nothing received");
      const time = new Date(Number(got.headers["webhook-timestamp"]) * 1_000);
      return new Webhook(key).sign(String(got.headers["webhook-id"]), time, got.raw);
    };
    await paidAndDrained();
    await world.runDueJobs();
    expect(receiver.received[0]?.headers["webhook-signature"]).toBe(
      `${signatureWith(rolled.secret, 0)} ${signatureWith(secret, 0)}`,
    );
    world.clock.advance(24 * hourMs);
    await paidAndDrained();
    await world.runDueJobs();
    expect(receiver.received[1]?.headers["webhook-signature"]).toBe(signatureWith(rolled.secret, 1));
  });

  it("tries ten times over the published schedule with the same id, and then gives up", async () => {
    receiver.reply = (_webhook, response) => response.writeHead(503).end("closed for lunch");
    await paidAndDrained();
    const startedAt = world.clock.now().getTime();
    const offsets: number[] = [];
    for (let jobs = await world.jobs(); jobs.length > 0; jobs = await world.jobs()) {
      const runAt = offsets.length === 0 ? world.clock.now() : (jobs[0]?.runAt ?? world.clock.now());
      world.clock.set(runAt);
      offsets.push(Math.round((runAt.getTime() - startedAt) / 1_000));
      expect(await world.runDueJobs()).toBe(1);
    }
    const hours = (count: number) => count * 3_600;
    const pauses = [5, 300, 1_800, hours(2), hours(5), hours(10), hours(14), hours(20), hours(24)];
    expect(offsets).toEqual([0, ...pauses.map((_, index) => pauses.slice(0, index + 1).reduce((a, b) => a + b))]);
    expect(receiver.received).toHaveLength(10);
    expect(new Set(receiver.received.map((webhook) => webhook.headers["webhook-id"])).size).toBe(1);
    expect(new Set(receiver.received.map((webhook) => webhook.raw)).size).toBe(1);
    const { delivery, tries } = await onlyDelivery();
    expect(delivery).toMatchObject({ status: "failed", tryCount: 10, responseStatus: 503, nextTryAt: null });
    expect(tries.map((entry) => entry.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(tries[0]).toMatchObject({ responseBody: "closed for lunch", error: "refused" });
  });

  it("waits as long as Retry-After asks", async () => {
    receiver.reply = (_webhook, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    await paidAndDrained();
    await world.runDueJobs();
    const [job] = await world.jobs();
    expect(job?.runAt).toEqual(new Date(world.clock.now().getTime() + hourMs));
    expect((await onlyDelivery()).delivery.nextTryAt).toEqual(job?.runAt);
  });

  it("counts a redirect as a failure and does not follow it", async () => {
    receiver.reply = (_webhook, response) => response.writeHead(307, { location: receiver.url }).end();
    await paidAndDrained();
    await world.runDueJobs();
    expect(receiver.received).toHaveLength(1);
    expect((await onlyDelivery()).delivery).toMatchObject({
      status: "pending",
      responseStatus: 307,
      error: "redirect",
    });
  });

  it("refuses to send to an address that has become private, and says so in the log", async () => {
    await world.owner`update webhook_endpoints set url = 'http://10.0.0.1/hook' where id = ${endpointId}`;
    await paidAndDrained();
    await world.runDueJobs();
    expect((await onlyDelivery()).tries).toMatchObject([{ error: "address_refused", responseStatus: null }]);
  });

  it("keeps an answer that PostgreSQL could not hold as it came", async () => {
    receiver.reply = (_webhook, response) => response.writeHead(400).end(Buffer.from([0x61, 0, 0xff, 0x62]));
    await paidAndDrained();
    await world.runDueJobs();
    expect((await onlyDelivery()).tries).toMatchObject([{ responseBody: "a\uFFFD\uFFFDb" }]);
  });

  it("tries again together what failed together", async () => {
    receiver.reply = (webhook, response) =>
      response.writeHead(webhook.body.data.object.id === "ord_3" ? 200 : 500).end();
    await paidAndDrained(30);
    await world.runDueJobs();
    expect(receiver.received).toHaveLength(30);
    const waiting = (await world.jobs()).flatMap((job) => job.payload.deliveryIds.split(","));
    expect(waiting).toHaveLength(29);
    expect((await world.jobs()).length).toBeLessThan(29);
    receiver.reply = (_webhook, response) => response.writeHead(200).end();
    world.clock.advance(6_000);
    await world.runDueJobs();
    expect(new Set((await deliveriesOf(ctx)).map((delivery) => delivery.status))).toEqual(new Set(["succeeded"]));
    expect(receiver.received).toHaveLength(59);
  });

  it("sends once when a job runs twice, at the same time or later", async () => {
    await paidAndDrained(5);
    const [job] = await world.jobs();
    if (!job) throw new Error("no job");
    await world.owner`update webhook_deliveries set next_try_at = now() where merchant_id = ${ctx.merchantId}`;
    const run = () => deliverWebhooks.run(job.payload, world.db);
    await Promise.all([run(), run(), run()]);
    await run();
    expect(receiver.received).toHaveLength(5);
  });

  it("keeps no database connection while it waits for the receiver", async () => {
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: onArrived } = Promise.withResolvers<void>();
    receiver.reply = async (_webhook, response) => {
      onArrived();
      await mayAnswer;
      response.writeHead(200).end();
    };
    await paidAndDrained();
    const running = world.runDueJobs();
    await arrived;
    const open = await world.owner`select pid from pg_stat_activity
      where datname = current_database() and application_name = 'webhook-tests' and state <> 'idle'`;
    expect(open).toHaveLength(0);
    answer();
    await running;
  });
});

describe("an endpoint that fails", () => {
  it("is switched off at once by 410, with the rest of its deliveries given up and its siblings told", async () => {
    const sibling = await world.newEndpoint(ctx, `${receiver.url}/sibling`, ["webhook_endpoint.disabled"]);
    receiver.reply = (webhook, response) => response.writeHead(webhook.path.endsWith("sibling") ? 200 : 410).end();
    await paidAndDrained();
    await world.runDueJobs();
    expect(await getEndpoint(ctx, endpointId)).toMatchObject({ status: "disabled", disabledReason: "gone" });
    expect((await onlyDelivery()).delivery).toMatchObject({ status: "failed", responseStatus: 410, error: "gone" });
    expect(await audited("webhook_endpoint.disable")).toEqual([{ objectId: endpointId, change: { reason: "gone" } }]);
    await world.drain();
    await world.runDueJobs();
    expect(receiver.received.at(-1)?.body).toMatchObject({
      type: "webhook_endpoint.disabled",
      data: { object: { id: endpointId, status: "disabled", disabled_reason: "gone" } },
    });
    expect((await listDeliveries(ctx, { limit: 10, endpointId: sibling.endpoint.id })).deliveries).toHaveLength(1);
  });

  it("is reported after a day and switched off after five, once each, unless something gets through", async () => {
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
    expect(await audited("webhook_endpoint.failing")).toHaveLength(1);
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
    expect(await audited("webhook_endpoint.disable")).toHaveLength(1);
    const told =
      await world.owner`select id from events where merchant_id = ${ctx.merchantId} and type = 'webhook_endpoint.disabled'`;
    expect(told).toHaveLength(1);
  });

  it("gets nothing of what was on its way when it is switched off or deleted", async () => {
    await paidAndDrained();
    await disableEndpoint(ctx, endpointId);
    await world.runDueJobs();
    expect((await onlyDelivery()).delivery).toMatchObject({
      status: "failed",
      error: "endpoint_disabled",
      tryCount: 0,
    });
    await enableEndpoint(ctx, endpointId);
    await paidAndDrained();
    await deleteEndpoint(ctx, endpointId);
    await world.runDueJobs();
    expect((await deliveriesOf(ctx)).map((delivery) => delivery.error)).toEqual([
      "endpoint_disabled",
      "endpoint_disabled",
    ]);
    expect(receiver.received).toHaveLength(0);
  });

  it("does not hold more than two workers while it fails", async () => {
    let waiting = 0;
    let most = 0;
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    receiver.reply = (_webhook, response) => response.writeHead(500).end();
    await paidAndDrained();
    await world.runDueJobs();
    receiver.reply = async (_webhook, response) => {
      most = Math.max(most, ++waiting);
      if (waiting === 2) answer();
      await mayAnswer;
      waiting -= 1;
      response.writeHead(500).end();
    };
    await paidAndDrained(5);
    const all = await deliveriesOf(ctx);
    const fresh = all.filter((delivery) => delivery.tryCount === 0);
    const scope = { merchantId: ctx.merchantId, livemode: false, requestId: newRequestId(ctx.merchantId) };
    await world.owner`delete from graphile_worker._private_jobs`;
    await world.owner`update webhook_deliveries set next_try_at = now() where merchant_id = ${ctx.merchantId} and status = 'pending'`;
    await Promise.all(fresh.map(({ id }) => deliverWebhooks.run({ endpointId, deliveryIds: id, ...scope }, world.db)));
    expect(most).toBe(2);
    expect(receiver.received).toHaveLength(3);
    // The others come back, each by a job of its own.
    const ids = (await world.jobs()).map((job) => job.payload.deliveryIds).sort();
    expect(ids).toEqual(fresh.map((delivery) => delivery.id).sort());
  });
});

describe("sweepDeliveries", () => {
  it("queues again what is overdue by two minutes, once in two minutes", async () => {
    await paidAndDrained(3);
    await world.owner`delete from graphile_worker._private_jobs`;
    expect(await sweepDeliveries(world.db, world.clock)).toBe(0);
    world.clock.advance(120_000);
    const counts = await Promise.all([1, 2, 3].map(() => sweepDeliveries(world.db, world.clock)));
    expect(counts.reduce((a, b) => a + b)).toBe(3);
    expect(await sweepDeliveries(world.db, world.clock)).toBe(0);
    expect((await world.jobs()).flatMap((job) => job.payload.deliveryIds.split(","))).toHaveLength(3);
    await world.runDueJobs();
    expect(receiver.received).toHaveLength(3);
  });

  it("brings a delivery to its end whose worker died after the answer and before the commit", async () => {
    await paidAndDrained();
    const [job] = await world.jobs();
    await world.owner`update webhook_deliveries set next_try_at = now() where merchant_id = ${ctx.merchantId}`;
    await world.owner`delete from graphile_worker._private_jobs`;
    const child = world.startChild(["deliver", JSON.stringify(job?.payload)], {
      CRASHPOINT: "during-webhook-delivery",
    });
    expect(await child.ended).toMatchObject({ signal: "SIGKILL" });
    expect(receiver.received).toHaveLength(1);
    expect((await onlyDelivery()).delivery).toMatchObject({ status: "pending", tryCount: 0 });

    expect(await sweepDeliveries(world.db, world.clock)).toBe(1);
    await world.runDueJobs();
    const { delivery, tries } = await onlyDelivery();
    expect(delivery).toMatchObject({ status: "succeeded", tryCount: 1 });
    expect(tries).toHaveLength(1);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.headers["webhook-id"]).toBe(receiver.received[0]?.headers["webhook-id"]);
    expect(receiver.received[1]?.raw).toBe(receiver.received[0]?.raw);
  });
});

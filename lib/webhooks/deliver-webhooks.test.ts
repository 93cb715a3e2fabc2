import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { rollSecret } from "./roll-secret.ts";
import { eventSchema, webhookDeliveryJson, webhookDeliverySchema } from "./schemas.ts";
import { deliveriesOf, deliveryScene, dueByRealClock, onlyDelivery, paidAndDrained } from "./testing/scene.ts";

const hourMs = 3_600_000;
const scene = deliveryScene();

describe("deliverWebhooks", () => {
  it("posts the event in the form of the API, signed so that the reference library accepts it", async () => {
    const { world, receiver, secret } = scene;
    await paidAndDrained(scene);
    const [job] = await world.jobs();
    if (!job) throw new Error("no job");
    // The signature's time is the real one here, because the library compares with its own clock.
    await dueByRealClock(scene);
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
      request_id: "req_of_the_test",
      created_at: world.clock.now().toISOString(),
      data: { object: { id: "ord_0", subject: "茶 & “tea”" } },
    });
    expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(() => new Webhook(secret).verify(`${got.raw} `, got.headers as Record<string, string>)).toThrow();

    const { delivery, tries } = await onlyDelivery(scene);
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
    const { world, receiver, ctx, endpointId, secret } = scene;
    const rolled = await rollSecret(ctx, endpointId);
    const signatureWith = (key: string, at: number) => {
      const got = receiver.received[at];
      if (!got) throw new Error("nothing received");
      const time = new Date(Number(got.headers["webhook-timestamp"]) * 1_000);
      return new Webhook(key).sign(String(got.headers["webhook-id"]), time, got.raw);
    };
    await paidAndDrained(scene);
    await world.runDueJobs();
    expect(receiver.received[0]?.headers["webhook-signature"]).toBe(
      `${signatureWith(rolled.secret, 0)} ${signatureWith(secret, 0)}`,
    );
    world.clock.advance(24 * hourMs);
    await paidAndDrained(scene);
    await world.runDueJobs();
    expect(receiver.received[1]?.headers["webhook-signature"]).toBe(signatureWith(rolled.secret, 1));
  });

  it("tries ten times over the published schedule with the same id, and then gives up", async () => {
    const { world, receiver } = scene;
    receiver.reply = (_webhook, response) => response.writeHead(503).end("closed for lunch");
    await paidAndDrained(scene);
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
    const { delivery, tries } = await onlyDelivery(scene);
    expect(delivery).toMatchObject({ status: "failed", tryCount: 10, responseStatus: 503, nextTryAt: null });
    expect(tries.map((entry) => entry.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(tries[0]).toMatchObject({ responseBody: "closed for lunch", error: "refused" });
  });

  it("waits as long as Retry-After asks", async () => {
    const { world, receiver } = scene;
    receiver.reply = (_webhook, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    await paidAndDrained(scene);
    await world.runDueJobs();
    const [job] = await world.jobs();
    expect(job?.runAt).toEqual(new Date(world.clock.now().getTime() + hourMs));
    expect((await onlyDelivery(scene)).delivery.nextTryAt).toEqual(job?.runAt);
  });

  it("counts a redirect as a failure and does not follow it", async () => {
    const { world, receiver } = scene;
    receiver.reply = (_webhook, response) => response.writeHead(307, { location: receiver.url }).end();
    await paidAndDrained(scene);
    await world.runDueJobs();
    expect(receiver.received).toHaveLength(1);
    expect((await onlyDelivery(scene)).delivery).toMatchObject({
      status: "pending",
      responseStatus: 307,
      error: "redirect",
    });
  });

  it("refuses to send to an address that has become private, and says so in the log", async () => {
    const { world, endpointId } = scene;
    await world.owner`update webhook_endpoints set url = 'http://10.0.0.1/hook' where id = ${endpointId}`;
    await paidAndDrained(scene);
    await world.runDueJobs();
    expect((await onlyDelivery(scene)).tries).toMatchObject([{ error: "address_refused", responseStatus: null }]);
  });

  it("keeps an answer that PostgreSQL could not hold as it came", async () => {
    const { world, receiver } = scene;
    receiver.reply = (_webhook, response) => response.writeHead(400).end(Buffer.from([0x61, 0, 0xff, 0x62]));
    await paidAndDrained(scene);
    await world.runDueJobs();
    expect((await onlyDelivery(scene)).tries).toMatchObject([{ responseBody: "a\uFFFD\uFFFDb" }]);
  });

  it("tries again together what failed together", async () => {
    const { world, receiver } = scene;
    receiver.reply = (webhook, response) =>
      response.writeHead(webhook.body.data.object.id === "ord_3" ? 200 : 500).end();
    await paidAndDrained(scene, 30);
    await world.runDueJobs();
    expect(receiver.received).toHaveLength(30);
    const waiting = (await world.jobs()).flatMap((job) => job.payload.deliveryIds.split(","));
    expect(waiting).toHaveLength(29);
    expect((await world.jobs()).length).toBeLessThan(29);
    receiver.reply = (_webhook, response) => response.writeHead(200).end();
    world.clock.advance(6_000);
    await world.runDueJobs();
    expect(new Set((await deliveriesOf(scene)).map((delivery) => delivery.status))).toEqual(new Set(["succeeded"]));
    expect(receiver.received).toHaveLength(59);
  });

  it("sends once when a job runs twice, at the same time or later", async () => {
    const { world, receiver } = scene;
    await paidAndDrained(scene, 5);
    const [job] = await world.jobs();
    if (!job) throw new Error("no job");
    await dueByRealClock(scene);
    const run = () => deliverWebhooks.run(job.payload, world.db);
    await Promise.all([run(), run(), run()]);
    await run();
    expect(receiver.received).toHaveLength(5);
  });

  it("keeps no database connection while it waits for the receiver", async () => {
    const { world, receiver } = scene;
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: onArrived } = Promise.withResolvers<void>();
    receiver.reply = async (_webhook, response) => {
      onArrived();
      await mayAnswer;
      response.writeHead(200).end();
    };
    await paidAndDrained(scene);
    const running = world.runDueJobs();
    await arrived;
    const open = await world.owner`select pid from pg_stat_activity
      where datname = current_database() and application_name = 'webhook-tests' and state <> 'idle'`;
    expect(open).toHaveLength(0);
    answer();
    await running;
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { disableEndpoint } from "./disable-endpoint.ts";
import { getDelivery } from "./get-delivery.ts";
import { type ListDeliveries, listDeliveries } from "./list-deliveries.ts";
import { countReplay, maxReplayedEvents, replayEvents } from "./replay-events.ts";
import { resendDelivery } from "./resend-delivery.ts";
import { type Receiver, startReceiver } from "./testing/receiver.ts";
import { type World, webhookWorld } from "./testing/world.ts";

let world: World;
let receiver: Receiver;
let ctx: Context;
beforeAll(async () => {
  world = await webhookWorld();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await world.close();
});
beforeEach(async () => {
  ctx = await world.newMerchant();
  receiver.received.length = 0;
});

/** Events a minute apart, numbered 1, 2, 3 … */
async function history(types: readonly ("order.created" | "order.paid")[]): Promise<Date[]> {
  const times: Date[] = [];
  for (const type of types) {
    world.clock.advance(60_000);
    times.push(world.clock.now());
    await world.happen(ctx, type);
    await world.drain();
  }
  return times;
}

async function deliveredSequences(): Promise<number[]> {
  receiver.received.length = 0;
  await world.runDueJobs();
  return receiver.received.map((webhook) => webhook.body.sequence).sort((a, b) => a - b);
}

describe("countReplay", () => {
  it("says what a replay would send, sends nothing, and refuses what the replay would refuse", async () => {
    const { endpoint } = await world.newEndpoint(ctx, receiver.url, ["order.paid"]);
    await history(["order.created", "order.paid", "order.paid"]);
    await deliveredSequences();
    const range = { fromSequence: 1, toSequence: 3 };
    expect(await countReplay(ctx, endpoint.id, range)).toBe(2);
    expect(await deliveredSequences()).toEqual([]);
    await expect(countReplay(ctx, endpoint.id, { fromSequence: 3, toSequence: 1 })).rejects.toMatchObject({
      code: "webhook_replay_range_invalid",
    });
    await disableEndpoint(ctx, endpoint.id);
    await expect(countReplay(ctx, endpoint.id, range)).rejects.toMatchObject({ code: "webhook_endpoint_disabled" });
  });
});

describe("replayEvents", () => {
  it("sends a range of numbers again to one endpoint, both ends included", async () => {
    const { endpoint } = await world.newEndpoint(ctx, receiver.url);
    await world.newEndpoint(ctx, `${receiver.url}/other`);
    await history(["order.created", "order.paid", "order.created", "order.paid", "order.created"]);
    expect(await deliveredSequences()).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    world.clock.advance(60_000);
    expect(await replayEvents(ctx, endpoint.id, { fromSequence: 2, toSequence: 4 })).toBe(3);
    expect(await deliveredSequences()).toEqual([2, 3, 4]);
    expect(receiver.received.every((webhook) => webhook.path === "/hook")).toBe(true);
    const replayed = (await listDeliveries(ctx, { limit: 3 })).deliveries;
    expect(replayed.map((delivery) => [delivery.cause, delivery.status])).toEqual(
      Array(3).fill(["replay", "succeeded"]),
    );
  });

  it("sends a range of time again, to the millisecond, and what the endpoint is subscribed to only", async () => {
    const { endpoint } = await world.newEndpoint(ctx, receiver.url, ["order.paid"]);
    const times = await history(["order.paid", "order.paid", "order.created", "order.paid", "order.paid"]);
    await deliveredSequences();
    const [, second = new Date(), , fourth = new Date()] = times;
    expect(await replayEvents(ctx, endpoint.id, { from: second, to: fourth })).toBe(2);
    expect(await deliveredSequences()).toEqual([2, 4]);
    const justInside = { from: new Date(second.getTime() + 1), to: new Date(fourth.getTime() - 1) };
    expect(await replayEvents(ctx, endpoint.id, justInside)).toBe(0);
  });

  it("brings an endpoint what happened before it existed", async () => {
    await history(["order.created", "order.paid"]);
    const { endpoint } = await world.newEndpoint(ctx, receiver.url);
    await replayEvents(ctx, endpoint.id, { fromSequence: 1, toSequence: 1_000_000 });
    expect(await deliveredSequences()).toEqual([1, 2]);
  });

  it("takes ten thousand events in a call and refuses one more with nothing sent", async () => {
    const { endpoint } = await world.newEndpoint(ctx, receiver.url);
    await world.owner`insert into events (merchant_id, id, livemode, type, object_id, data, sequence)
      select ${ctx.merchantId}, 'evt_' || lpad(n::text, 8, '0'), false, 'order.created', 'x', '{}', n
      from generate_series(1, ${maxReplayedEvents + 1}) n`;
    await expect(
      replayEvents(ctx, endpoint.id, { fromSequence: 1, toSequence: maxReplayedEvents + 1 }),
    ).rejects.toMatchObject({ code: "webhook_replay_too_large", detail: { limit: maxReplayedEvents } });
    expect((await listDeliveries(ctx, { limit: 1 })).deliveries).toEqual([]);
    expect(await replayEvents(ctx, endpoint.id, { fromSequence: 1, toSequence: maxReplayedEvents })).toBe(
      maxReplayedEvents,
    );
    const queued = (await world.jobs()).flatMap((job) => job.payload.deliveryIds.split(","));
    expect(new Set(queued).size).toBe(maxReplayedEvents);
    await world.owner`delete from graphile_worker._private_jobs`;
  });

  it("refuses a range that runs backwards, a disabled endpoint and another merchant's", async () => {
    const { endpoint } = await world.newEndpoint(ctx, receiver.url);
    const all = { fromSequence: 1, toSequence: 9 };
    await expect(replayEvents(ctx, endpoint.id, { fromSequence: 2, toSequence: 1 })).rejects.toMatchObject({
      code: "webhook_replay_range_invalid",
    });
    await expect(replayEvents(await world.newMerchant(), endpoint.id, all)).rejects.toMatchObject({
      code: "not_found",
    });
    await disableEndpoint(ctx, endpoint.id);
    await expect(replayEvents(ctx, endpoint.id, all)).rejects.toMatchObject({ code: "webhook_endpoint_disabled" });
  });
});

describe("resendDelivery", () => {
  it("sends the same event as a new delivery, and leaves the old one as it was", async () => {
    await world.newEndpoint(ctx, receiver.url);
    await history(["order.paid"]);
    await deliveredSequences();
    const [first] = receiver.received;
    const [original] = (await listDeliveries(ctx, { limit: 1 })).deliveries;
    const { delivery } = await resendDelivery(ctx, original?.id ?? "");
    expect(delivery).toMatchObject({ cause: "resend", status: "pending", eventId: original?.eventId });
    expect(await deliveredSequences()).toEqual([1]);
    expect(receiver.received[0]?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect((await getDelivery(ctx, original?.id ?? "")).delivery).toEqual(original);
  });

  it("does not find another merchant's delivery, nor does reading it", async () => {
    await world.newEndpoint(ctx, receiver.url);
    await history(["order.paid"]);
    const [{ id } = { id: "" }] = (await listDeliveries(ctx, { limit: 1 })).deliveries;
    const stranger = await world.newMerchant();
    for (const who of [stranger, ctx.with({ livemode: true })]) {
      await expect(resendDelivery(who, id)).rejects.toMatchObject({ code: "not_found" });
      await expect(getDelivery(who, id)).rejects.toMatchObject({ code: "not_found" });
      expect((await listDeliveries(who, { limit: 10 })).deliveries).toEqual([]);
    }
  });
});

describe("listDeliveries", () => {
  it("pages through everything once, newest first", async () => {
    await world.newEndpoint(ctx, receiver.url);
    await history(Array(7).fill("order.created"));
    const seen: string[] = [];
    let startingAfter: string | undefined;
    for (const expected of [true, true, false]) {
      const page = await listDeliveries(ctx, { limit: 3, startingAfter });
      expect(page.hasMore).toBe(expected);
      seen.push(...page.deliveries.map((delivery) => delivery.id));
      startingAfter = seen.at(-1);
    }
    expect(seen).toHaveLength(7);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  it("filters by endpoint, status, type and event", async () => {
    const one = await world.newEndpoint(ctx, receiver.url);
    await world.newEndpoint(ctx, receiver.url, ["order.paid"]);
    await history(["order.created", "order.paid"]);
    await deliveredSequences();
    await history(["order.paid"]);
    const count = async (filter: Partial<ListDeliveries>) =>
      (await listDeliveries(ctx, { limit: 100, ...filter })).deliveries.length;
    expect(await count({})).toBe(5);
    expect(await count({ endpointId: one.endpoint.id })).toBe(3);
    expect(await count({ status: "pending" })).toBe(2);
    expect(await count({ status: "succeeded", eventType: "order.paid" })).toBe(2);
    const [newest] = (await listDeliveries(ctx, { limit: 1 })).deliveries;
    expect(await count({ eventId: newest?.eventId })).toBe(2);
  });
});

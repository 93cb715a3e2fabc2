import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { emit } from "#lib/events/emit";
import { disableEndpoint } from "./disable-endpoint.ts";
import { drainOutbox } from "./drain-outbox.ts";
import { sendTestEvent } from "./send-test-event.ts";
import { startOutbox } from "./start-outbox.ts";
import { type World, webhookWorld } from "./testing/world.ts";
import { onOutboxWake } from "./wake.ts";

let world: World;
beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world.close());

const sequences = async (ctx: Context) =>
  (
    await world.owner`select sequence::int from events
      where merchant_id = ${ctx.merchantId} and livemode = ${ctx.livemode} order by sequence`
  ).map((row) => row.sequence as number | null);

const deliveries = (ctx: Context) => world.owner`
  select d.endpoint_id, e.type, d.status, d.livemode, e.id as event_id from webhook_deliveries d
  join events e on e.merchant_id = d.merchant_id and e.id = d.event_id
  where d.merchant_id = ${ctx.merchantId} order by e.sequence, d.endpoint_id`;

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("drainOutbox", () => {
  it("numbers events from 1 without gaps, per merchant and mode", async () => {
    const [one, two] = [await world.newMerchant(), await world.newMerchant()];
    const live = one.with({ livemode: true });
    for (let round = 0; round < 3; round++) {
      await Promise.all([one, two, live, one].map((ctx) => world.happen(ctx, "order.created")));
      await world.drain();
    }
    expect(await sequences(one)).toEqual(upTo(6));
    expect(await sequences(live)).toEqual(upTo(3));
    expect(await sequences(two)).toEqual(upTo(3));
  });

  it("queues an event to the enabled endpoints that want it, and to nobody else's", async () => {
    const ctx = await world.newMerchant();
    const stranger = await world.newMerchant();
    const url = "https://shop.example/hook";
    const all = await world.newEndpoint(ctx, url);
    const paid = await world.newEndpoint(ctx, url, ["order.paid", "refund.failed"]);
    const off = await world.newEndpoint(ctx, url);
    await disableEndpoint(ctx, off.endpoint.id);
    await world.newEndpoint(ctx.with({ livemode: true }), url);
    await world.newEndpoint(stranger, url);

    await world.happen(ctx, "order.created");
    await world.drain();
    await world.happen(ctx, "order.paid");
    await world.drain();
    const pairs = (await deliveries(ctx)).map((row) => [row.type, row.endpoint_id]);
    expect(pairs).toEqual([
      ["order.created", all.endpoint.id],
      ...[all, paid].map(({ endpoint }) => ["order.paid", endpoint.id]).sort(),
    ]);
    expect(await deliveries(stranger)).toHaveLength(0);
    const queued = (await world.jobs()).filter((job) => job.payload.merchantId === ctx.merchantId);
    expect(queued.map((job) => [job.payload.endpointId, job.payload.livemode]).sort()).toEqual(
      [all, all, paid].map(({ endpoint }) => [endpoint.id, false]).sort(),
    );
  });

  it("sends a test event to the endpoint that it is about only, whatever that subscribes to", async () => {
    const ctx = await world.newMerchant();
    const tested = await world.newEndpoint(ctx, "https://shop.example/one", ["order.paid"]);
    await world.newEndpoint(ctx, "https://shop.example/two", ["*"]);
    await sendTestEvent(ctx, tested.endpoint.id);
    await world.drain();
    expect(await deliveries(ctx)).toMatchObject([{ endpoint_id: tested.endpoint.id, type: "webhook.test" }]);
  });

  it("gives each event one number and one delivery when writers and several drainers work at once", async () => {
    const ctx = await world.newMerchant();
    await world.newEndpoint(ctx, "https://shop.example/hook");
    const writers = Array.from({ length: 6 }, async () => {
      for (let count = 0; count < 40; count++) await world.happen(ctx, "order.created");
    });
    let isWriting = true;
    const drainers = Array.from({ length: 3 }, async () => {
      while (isWriting) await world.drain();
    });
    await Promise.all(writers);
    isWriting = false;
    await Promise.all(drainers);
    await world.drain();
    expect(await sequences(ctx)).toEqual(upTo(240));
    const sent = await deliveries(ctx);
    expect(sent).toHaveLength(240);
    expect(new Set(sent.map((row) => row.event_id)).size).toBe(240);
  });

  it("numbers an event that commits late after those that were drained before it", async () => {
    const ctx = await world.newMerchant();
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: written, resolve: onWritten } = Promise.withResolvers<void>();
    const slow = ctx.transaction(async (tx) => {
      await emit(tx, "order.created", { objectId: "slow", data: {} });
      onWritten();
      await mayCommit;
    });
    await written;
    await world.happen(ctx, "order.paid", "quick");
    await world.drain();
    commit();
    await slow;
    await world.drain();
    const rows =
      await world.owner`select object_id, sequence::int from events where merchant_id = ${ctx.merchantId} order by sequence`;
    expect(rows.map((row) => [row.object_id, row.sequence])).toEqual([
      ["quick", 1],
      ["slow", 2],
    ]);
  });

  it("loses and repeats nothing when a drainer dies before its commit", async () => {
    const ctx = await world.newMerchant();
    await world.newEndpoint(ctx, "https://shop.example/hook");
    for (let count = 0; count < 5; count++) await world.happen(ctx, "order.created");
    // Holds the drainer in the middle of its transaction, after the numbers are given.
    await world.owner`create function linger() returns trigger language plpgsql as
      $$ begin perform pg_sleep(60); return new; end $$`;
    await world.owner`create trigger linger before insert on webhook_deliveries for each row execute function linger()`;
    const child = world.startChild(["drain"]);
    const lingering = () =>
      world.owner`select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
    await expect.poll(lingering, { interval: 20, timeout: 20_000 }).toHaveLength(1);
    child.kill();
    expect(await child.ended).toMatchObject({ signal: "SIGKILL" });
    await world.owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
    await expect.poll(lingering, { interval: 20, timeout: 20_000 }).toHaveLength(0);
    expect(await sequences(ctx)).toEqual([null, null, null, null, null]);
    await world.owner`drop trigger linger on webhook_deliveries`;
    await world.drain();
    expect(await sequences(ctx)).toEqual(upTo(5));
    expect(await deliveries(ctx)).toHaveLength(5);
  });

  it("drains more than one transaction's worth", async () => {
    const ctx = await world.newMerchant();
    await world.owner`insert into events (merchant_id, id, livemode, type, object_id, data)
      select ${ctx.merchantId}, 'evt_' || lpad(n::text, 8, '0'), false, 'order.created', 'x', '{}' from generate_series(1, 1201) n`;
    expect(await drainOutbox(world.db, world.clock)).toBe(1_201);
    expect(await sequences(ctx)).toEqual(upTo(1_201));
  });
});

describe("startOutbox", () => {
  it("drains when this process emits, and ends when told to", async () => {
    const ctx = await world.newMerchant();
    const outbox = startOutbox({ database: world.db, clock: world.clock, pollMs: 600_000, gatherMs: 1 });
    await world.happen(ctx, "order.created");
    await expect.poll(() => sequences(ctx), { interval: 10, timeout: 5_000 }).toEqual([1]);
    await world.happen(ctx, "order.created");
    await expect.poll(() => sequences(ctx), { interval: 10, timeout: 5_000 }).toEqual([1, 2]);
    await outbox.stop();
    await world.happen(ctx, "order.created");
    expect(await sequences(ctx)).toEqual([1, 2, null]);
    await world.drain();
  });

  it("finds what another process emitted", async () => {
    const ctx = await world.newMerchant();
    const outbox = startOutbox({ database: world.db, clock: world.clock, pollMs: 10, gatherMs: 1 });
    await world.owner`insert into events (merchant_id, id, livemode, type, object_id, data)
      values (${ctx.merchantId}, 'evt_1', false, 'order.created', 'x', '{}')`;
    await expect.poll(() => sequences(ctx), { interval: 10, timeout: 5_000 }).toEqual([1]);
    await outbox.stop();
  });

  it("is not woken by a transaction that is rolled back", async () => {
    const ctx = await world.newMerchant();
    let wakes = 0;
    const off = onOutboxWake(() => {
      wakes += 1;
    });
    const failed = ctx.transaction(async (tx) => {
      await emit(tx, "order.created", { objectId: "x", data: {} });
      throw new Error("changed its mind");
    });
    await expect(failed).rejects.toThrow("changed its mind");
    expect(wakes).toBe(0);
    await world.happen(ctx, "order.created");
    expect(wakes).toBe(1);
    off();
  });
});

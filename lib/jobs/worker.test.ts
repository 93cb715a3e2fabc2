import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrder } from "#lib/orders/create-order";
import { expireOrderJob } from "#lib/orders/expire-order";
import { createOrderSchema } from "#lib/orders/schemas";
import { getOrder } from "#lib/orders/store";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { openOrder } from "#lib/testing/shop";
import { startWorker } from "./worker.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

describe("the worker", () => {
  it("goes on after the database has ended all its connections", async () => {
    const { ctx } = await platform.merchant();
    const worker = await startWorker();
    const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
    try {
      await owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${platform.database.name} and pid <> pg_backend_pid()`;
      const order = await createOrderOnce();
      await expireOrderJob.enqueueFor(
        { merchantId: ctx.merchantId, livemode: false, requestId: "req_worker_test" },
        { orderId: order.id },
      );
      // A job that a lost connection had taken is given back within a minute.
      await expect.poll(() => pendingJobs(owner), { timeout: 120_000, interval: 100 }).toBe(0);
      expect((await ctx.transaction((tx) => getOrder(tx, order.id))).status).toBe("pending");
    } finally {
      await worker.stop();
      await owner.end();
    }

    /** The pool's dead connections may fail the first of these. */
    async function createOrderOnce() {
      const input = createOrderSchema.parse({ merchant_order_no: "W-1", amount: 100, currency: "CNY", subject: "Tea" });
      for (let tries = 0; ; tries++) {
        try {
          return await createOrder(ctx, input);
        } catch (error) {
          if (tries === 20) throw error;
        }
      }
    }
  }, 180_000);
});

/*
 * Two jobs end while the queue's table is locked, so that two writes of their ends are under way when their connections
 * break; a third job is still at work. At this the queue's own runner hangs while it ends.
 */
it("goes on after two ends of jobs were lost at once", async () => {
  const { ctx } = await platform.merchant({}, []);
  const worker = await startWorker();
  const owner = postgres(platform.database.ownerUrl, { max: 5, onnotice: () => {} });
  const scope = { merchantId: ctx.merchantId, livemode: false, requestId: "req_worker_test" };
  const ends = "%delete from%_private_jobs%";
  const waiting = (text: string) => async () => {
    const [row] = await owner`
      select count(*)::int as count from pg_stat_activity
      where datname = ${platform.database.name} and wait_event_type = 'Lock' and query ilike ${text}`;
    return row?.count;
  };
  try {
    const orders = [await openOrder(ctx), await openOrder(ctx), await openOrder(ctx)];
    const held = await Promise.all(orders.map((order) => holdOrder(owner, order.id)));
    for (const { id } of orders) await expireOrderJob.enqueueFor(scope, { orderId: id });
    await expect.poll(waiting("%for update%"), { timeout: 30_000 }).toBe(3);
    const [first, second, third] = held;
    const queue = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
    await queue.begin(async (tx) => {
      await tx`lock table graphile_worker._private_jobs in share mode`;
      await first?.();
      await expect.poll(waiting(ends), { timeout: 30_000 }).toBe(1);
      await second?.();
      await expect.poll(waiting(ends), { timeout: 30_000 }).toBe(2);
      await tx`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${platform.database.name} and wait_event_type = 'Lock' and query ilike ${ends}`;
      await expect.poll(waiting(ends), { timeout: 30_000 }).toBe(0);
    });
    await queue.end();
    await third?.();
    await expect.poll(() => pendingJobs(owner), { timeout: 90_000, interval: 200 }).toBe(0);
  } finally {
    await worker.stop();
    await owner.end();
  }
}, 180_000);

/** Locks an order's row. @returns what lets it go */
async function holdOrder(owner: postgres.Sql, orderId: string): Promise<() => Promise<void>> {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHeld: () => void = () => {};
  const isThere = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const holding = owner.begin(async (tx) => {
    await tx`select from orders where id = ${orderId} for update`;
    isHeld();
    await released;
  });
  await isThere;
  return async () => {
    release();
    await holding;
  };
}

async function pendingJobs(owner: postgres.Sql): Promise<number> {
  const [row] =
    await owner`select count(*)::int as count from graphile_worker.jobs where task_identifier = 'expire_order'`;
  return row?.count as number;
}

import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrder } from "#lib/orders/create-order";
import { expireOrderJob } from "#lib/orders/expire-order";
import { createOrderSchema } from "#lib/orders/schemas";
import { getOrder } from "#lib/orders/store";
import { type Platform, startPlatform } from "#lib/testing/platform";
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
      await expect.poll(() => pendingJobs(owner), { timeout: 80_000, interval: 100 }).toBe(0);
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
  }, 100_000);
});

async function pendingJobs(owner: postgres.Sql): Promise<number> {
  const [row] =
    await owner`select count(*)::int as count from graphile_worker.jobs where task_identifier = 'expire_order'`;
  return row?.count as number;
}

import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expireOrderJob } from "#lib/orders/expire-order";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { endLease, renewLeases, unlockLostJobs } from "./leases.ts";

let platform: Platform;
let owner: postgres.Sql;
beforeAll(async () => {
  platform = await startPlatform();
  owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await platform.end();
});

/** A job that a pool took some minutes ago. */
async function jobHeldBy(poolId: string): Promise<() => Promise<string | null>> {
  const { ctx } = await platform.merchant();
  const scope = { merchantId: ctx.merchantId, livemode: false, requestId: "req_lease_test" };
  await expireOrderJob.enqueueFor(scope, { orderId: poolId }, { key: poolId });
  await owner`update graphile_worker._private_jobs set locked_by = ${poolId}, locked_at = now() - interval '3 minutes' where key = ${poolId}`;
  return async () => {
    const [row] = await owner`select locked_by from graphile_worker.jobs where key = ${poolId}`;
    return row?.locked_by as string | null;
  };
}

it("gives back the jobs of a pool that nobody has heard of for a minute, and no others", async () => {
  const lost = await jobHeldBy("pool-lost");
  const alive = await jobHeldBy("pool-alive");
  await renewLeases(["pool-alive"]);
  expect(await unlockLostJobs(new Date())).toBe(1);
  expect([await lost(), await alive()]).toEqual([null, "pool-alive"]);
  expect(await unlockLostJobs(new Date(Date.now() + 120_000))).toBe(1);
  expect(await alive()).toBeNull();
});

it("leaves a job alone that a pool took just now, before its first lease", async () => {
  const young = await jobHeldBy("pool-young");
  await owner`update graphile_worker._private_jobs set locked_at = now() where key = 'pool-young'`;
  expect(await unlockLostJobs(new Date())).toBe(0);
  expect(await young()).toBe("pool-young");
});

it("gives back at once what a pool of this process held when it ended", async () => {
  const held = await jobHeldBy("pool-ended");
  await renewLeases(["pool-ended"]);
  await endLease("pool-ended");
  expect(await held()).toBeNull();
});

import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";

/*
 * A pool of job runners marks the jobs that it took with its id. While it renews its lease, they are its own; the jobs
 * of a pool that was killed are given to others a minute later, not after the queue's own four hours. A pool that was
 * only slow may see its job run a second time, which every job stands.
 */

export const leaseRenewalMs = 10_000;
const leaseMs = 60_000;

/** Says that these pools are alive. */
export async function renewLeases(poolIds: readonly string[]): Promise<void> {
  await appDatabase().execute(
    sql`select internal.renew_worker_leases(array[${sql.join([...poolIds], sql`, `)}]::text[])`,
  );
}

/** Gives back whatever a pool of this process held when it ended. */
export async function endLease(poolId: string): Promise<void> {
  await appDatabase().execute(sql`select internal.end_worker_lease(${poolId})`);
}

/** @returns how many pools were lost and had their jobs given back */
export async function unlockLostJobs(now: Date): Promise<number> {
  const before = new Date(now.getTime() - leaseMs).toISOString();
  const [row] = await appDatabase().execute<{ lost: number }>(
    sql`select internal.unlock_lost_jobs(${before}::timestamptz) as lost`,
  );
  return row?.lost ?? 0;
}

import { and, asc, gt, isNull, lt } from "drizzle-orm";
import { maintenanceWindows } from "#db/schema/maintenance";
import { appDatabase } from "#db/tenancy";
import type { OpenAccount } from "#lib/channel-accounts/load-account";
import { TimedCache } from "#lib/kernel/cache";
import { processWide } from "#lib/kernel/globals";

export type MaintenanceWindow = typeof maintenanceWindows.$inferSelect;

const cache = processWide("maintenance", () => new TimedCache<MaintenanceWindow[]>({ ttlMs: 3_000, max: 1 }));

const aheadMs = 7 * 86_400_000;

/** Those that are under way or begin within a week, of all channels; at most three seconds old. @param realNow the world's */
export async function announcedWindows(realNow: Date): Promise<readonly MaintenanceWindow[]> {
  const read = () =>
    appDatabase()
      .select()
      .from(maintenanceWindows)
      .where(
        and(
          isNull(maintenanceWindows.canceledAt),
          gt(maintenanceWindows.endsAt, realNow),
          lt(maintenanceWindows.startsAt, new Date(realNow.getTime() + aheadMs)),
        ),
      )
      .orderBy(asc(maintenanceWindows.startsAt));
  return (await cache.get("all", read)).filter(({ endsAt }) => endsAt > realNow);
}

export function forgetWindows(): void {
  cache.forget("all");
}

export function concerns(window: MaintenanceWindow, { row }: OpenAccount): boolean {
  return window.accountId === null ? window.channel === row.channel : window.accountId === row.id;
}

export function isUnderWay({ startsAt, endsAt }: MaintenanceWindow, realNow: Date): boolean {
  return startsAt <= realNow && realNow < endsAt;
}

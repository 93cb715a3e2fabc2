import { and, eq, isNull } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import type { Context } from "#db/tenancy";
import { type OpenAccount, openAccount } from "#lib/channel-accounts/load-account";
import { defineJob } from "#lib/jobs/job";
import { systemClock } from "#lib/kernel/clock";
import { sendNotice } from "./send-notice.ts";

/** Days before the end at which the merchant is told; a provider takes some days to issue a certificate. */
export const warnDays = [30, 14, 7, 3, 1, 0] as const;

const dayMs = 86_400_000;

/** Tells of every enabled account whose credentials are about to end, once for each of the warnings. Lent ones are the platform's care. */
async function watchCredentials(ctx: Context): Promise<void> {
  await ctx.transaction(async (tx) => {
    const own = and(eq(channelAccounts.merchantId, tx.merchantId), eq(channelAccounts.livemode, tx.livemode));
    const rows = await tx.db
      .select()
      .from(channelAccounts)
      .where(and(own, eq(channelAccounts.status, "enabled"), isNull(channelAccounts.platformAccount)))
      .for("update");
    for (const row of rows) {
      const due = warningDue(openAccount(row));
      if (!due || (row.expiryWarnedDays !== null && row.expiryWarnedDays <= due.days)) continue;
      await tx.db
        .update(channelAccounts)
        .set({ expiryWarnedDays: due.days })
        .where(and(own, eq(channelAccounts.id, row.id)));
      await sendNotice(tx, "credentials_expiring", "/channel-accounts", {
        account: row.label,
        date: due.expiresAt.toISOString().slice(0, 10),
      });
    }
  });
}

/** By the real clock, as the provider reckons; the test clock moves no certificate. */
function warningDue({ channel, account }: OpenAccount): { days: number; expiresAt: Date } | undefined {
  const expiresAt = channel.credentialsExpireAt?.(account);
  if (!expiresAt) return undefined;
  const leftDays = (expiresAt.getTime() - systemClock.now().getTime()) / dayMs;
  const days = warnDays.findLast((limit) => leftDays <= limit);
  return days === undefined ? undefined : { days, expiresAt };
}

export const watchCredentialsJob = defineJob<Record<never, string>>("watch_credentials", watchCredentials);

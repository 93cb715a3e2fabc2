import { and, eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import { type Context, openContext } from "#db/tenancy";
import {
  loadPlatformAccount,
  openPlatformAccount,
  type PlatformAccountRow,
} from "#lib/channel-accounts/platform-account";
import {
  BadNotification,
  type ChannelNotification,
  type RawNotification,
  type WireAnswer,
} from "#lib/channels/channel";
import { systemClock } from "#lib/kernel/clock";
import { merchantIdOf } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";
import { openForeignCase, receiveNotification } from "./receive-notification.ts";

/**
 * Takes in what a provider reports about an account of the platform's own, where one address serves all the merchants
 * that borrow it: verifies it, finds the merchant by our reference, and goes on as for that merchant's own account.
 *
 * @throws NotFound when the address names no platform's account
 */
export async function receiveAtPlatform(
  input: { platformAccountId: string; requestId: string },
  raw: RawNotification,
): Promise<WireAnswer> {
  const row = await loadPlatformAccount(input.platformAccountId);
  const { channel, account } = openPlatformAccount(row);
  let notification: ChannelNotification;
  try {
    notification = await channel.readNotification(account, raw, { now: systemClock.now() });
  } catch (error) {
    if (!(error instanceof BadNotification)) throw error;
    log.warn({ account: row.id, reason: error.reason, err: error }, "notification refused");
    return channel.acknowledge(false);
  }
  // It names no order, so it is about no merchant, and there is nothing to do about it.
  if (notification.kind === "ignored") return channel.acknowledge(true);

  const merchantId = merchantOf(notification);
  if (!merchantId) {
    log.warn({ account: row.id, notification: notification.eventId }, "notification about no merchant of ours");
    return channel.acknowledge(false);
  }
  const actor = { type: "channel", id: row.id } as const;
  const ctx = openContext({ merchantId, livemode: row.livemode, requestId: input.requestId, actor });
  const channelAccountId = await borrowedAccount(ctx, row);
  if (!channelAccountId) {
    await openForeignCase(ctx, row.id, notification);
    return channel.acknowledge(false);
  }
  // Verified once more there, by the merchant's own clock: what follows is the same for every account.
  return receiveNotification({ channelAccountId, requestId: input.requestId }, raw);
}

function merchantOf(notification: Exclude<ChannelNotification, { kind: "ignored" }>): string | undefined {
  switch (notification.kind) {
    case "payment":
      return merchantIdOf("attempt", notification.reference);
    case "refund":
      return merchantIdOf("refund", notification.refundReference);
  }
}

/** Also of a loan that was taken back: what has begun over it is finished. */
async function borrowedAccount(ctx: Context, lender: PlatformAccountRow): Promise<string | undefined> {
  const [found] = await ctx.transaction((tx) =>
    tx.db
      .select({ id: channelAccounts.id })
      .from(channelAccounts)
      .where(and(eq(channelAccounts.merchantId, tx.merchantId), eq(channelAccounts.platformAccount, lender.id))),
  );
  return found?.id;
}

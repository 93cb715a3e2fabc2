import { and, eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import { type ChannelAccountRow, forgetAccounts } from "#lib/channel-accounts/load-account";
import { NotFound } from "#lib/kernel/errors";
import { merchantIdOf } from "#lib/kernel/ids";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt } from "../record.ts";

/**
 * Keeps new payments away from an account, or lets them back, within seconds. What has begun there goes on, and refunds
 * do too: money that was taken must find its way back.
 *
 * @param reason undefined to let payments back
 * @throws NotFound
 */
export async function pauseAccount(
  octx: OperatorContext,
  id: string,
  reason: string | undefined,
): Promise<ChannelAccountRow> {
  const merchantId = merchantIdOf("channelAccount", id);
  if (!merchantId) throw new NotFound("channel_account");
  const mode = await octx.at(merchantId, false).transaction(async (tx) => {
    const [found] = await tx.db
      .select({ livemode: channelAccounts.livemode })
      .from(channelAccounts)
      .where(own(merchantId, id));
    if (!found) throw new NotFound("channel_account");
    return found.livemode;
  });
  return octx.at(merchantId, mode).transaction(async (tx) => {
    const change = { pausedAt: reason === undefined ? null : tx.now, pauseReason: reason ?? null, updatedAt: tx.now };
    const [row] = await tx.db.update(channelAccounts).set(change).where(own(merchantId, id)).returning();
    if (!row) throw new NotFound("channel_account");
    const verb = reason === undefined ? "channel_account.resume" : "channel_account.pause";
    await recordDeedAt(octx, tx, { verb, objectId: id, ...(reason !== undefined && { change: { reason } }) });
    tx.afterCommit(() => forgetAccounts(merchantId));
    return row;
  });
}

function own(merchantId: string, id: string) {
  return and(eq(channelAccounts.merchantId, merchantId), eq(channelAccounts.id, id));
}

import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { channelAccounts } from "#db/schema/channel-accounts";
import { maintenanceWindows } from "#db/schema/maintenance";
import { channels } from "#lib/channels/registry";
import { InvalidParam, NotFound } from "#lib/kernel/errors";
import { merchantIdOf, newPlatformId } from "#lib/kernel/ids";
import { forgetWindows, type MaintenanceWindow } from "#lib/maintenance/windows";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";

const mostShown = 100;

/** The newest first, also those that are over. */
export function listWindows(): Promise<MaintenanceWindow[]> {
  return operatorDatabase().select().from(maintenanceWindows).orderBy(desc(maintenanceWindows.id)).limit(mostShown);
}

export interface NewWindow {
  readonly channel: string;
  readonly channel_account?: string | undefined;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly reason: string;
}

const longestMs = 7 * 86_400_000;

/** Announces that a channel, or one account at it, takes no payments for a time. @throws InvalidParam, NotFound */
export async function announceWindow(octx: OperatorContext, input: NewWindow): Promise<MaintenanceWindow> {
  const startsAt = new Date(input.starts_at);
  const endsAt = new Date(input.ends_at);
  if (endsAt <= octx.now || endsAt <= startsAt || endsAt.getTime() - startsAt.getTime() > longestMs) {
    throw new InvalidParam("maintenance_period_invalid", "ends_at");
  }
  if (!channels.has(input.channel)) throw new NotFound("channel", "channel");
  const { channel, channel_account: accountId, reason } = input;
  const row = await octx.transaction(async (tx) => {
    if (accountId) {
      const isIt = and(eq(channelAccounts.id, accountId), eq(channelAccounts.channel, channel));
      const [account] = await tx.db.select({ id: channelAccounts.id }).from(channelAccounts).where(isIt);
      if (!account) throw new NotFound("channel_account", "channel_account");
    }
    const id = newPlatformId("maintenance", tx.now.getTime());
    const [made] = await tx.db
      .insert(maintenanceWindows)
      .values({
        id,
        channel,
        accountId: accountId ?? null,
        aboutMerchant: (accountId && merchantIdOf("channelAccount", accountId)) || null,
        startsAt,
        endsAt,
        reason,
        createdBy: octx.operator.id,
        createdAt: tx.now,
      })
      .returning();
    if (!made) throw new Error("maintenance window not kept");
    await recordDeed(tx, { verb: "maintenance.announce", objectId: id, change: { after: { ...input } } });
    return made;
  });
  forgetWindows();
  return row;
}

/** Ends it at once when it is under way. @throws NotFound when there is none, or it is over */
export async function cancelWindow(octx: OperatorContext, id: string): Promise<MaintenanceWindow> {
  const row = await octx.transaction(async (tx) => {
    const isOpen = and(isNull(maintenanceWindows.canceledAt), gt(maintenanceWindows.endsAt, tx.now));
    const [canceled] = await tx.db
      .update(maintenanceWindows)
      .set({ canceledAt: tx.now })
      .where(and(eq(maintenanceWindows.id, id), isOpen))
      .returning();
    if (!canceled) throw new NotFound("maintenance_window");
    await recordDeed(tx, { verb: "maintenance.cancel", objectId: id });
    return canceled;
  });
  forgetWindows();
  return row;
}

import { and, eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { NotFound } from "#lib/kernel/errors";
import { checkCredentials, checkMethods } from "./create-account.ts";
import { type ChannelAccountRow, credentialsContext, forgetAccounts, keptCredentials } from "./load-account.ts";

export interface UpdateChannelAccount {
  readonly label?: string | undefined;
  readonly status?: "enabled" | "disabled" | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly priority?: number | undefined;
  /** Those that are replaced; the others stay. */
  readonly credentials?: Record<string, string> | undefined;
}

/** Changes what is given; the audit log keeps before and after, credentials left out. @throws NotFound, InvalidParam */
export async function updateChannelAccount(
  ctx: Context,
  id: string,
  input: UpdateChannelAccount,
): Promise<ChannelAccountRow> {
  return ctx.transaction(async (tx) => {
    const own = and(
      eq(channelAccounts.merchantId, tx.merchantId),
      eq(channelAccounts.id, id),
      eq(channelAccounts.livemode, tx.livemode),
    );
    const [before] = await tx.db.select().from(channelAccounts).where(own).for("update");
    if (!before) throw new NotFound("channel_account");
    const replaced = input.credentials && { ...keptCredentials(before), ...input.credentials };
    if (replaced) checkCredentials(before.channel, replaced);
    if (input.methods) checkMethods(before.channel, input.methods);
    const [row] = await tx.db
      .update(channelAccounts)
      .set({
        ...(input.label !== undefined && { label: input.label }),
        ...(input.status !== undefined && { status: input.status }),
        ...(input.methods !== undefined && { methods: [...input.methods] }),
        ...(input.priority !== undefined && { priority: input.priority }),
        ...(replaced && {
          credentials: seal(env.secretsKeys, JSON.stringify(replaced), credentialsContext(id)),
          expiryWarnedDays: null,
        }),
        updatedAt: tx.now,
      })
      .where(own)
      .returning();
    if (!row) throw new NotFound("channel_account");
    const { credentials, ...change } = input;
    const was = { label: before.label, status: before.status, methods: before.methods, priority: before.priority };
    await recordAudit(tx, "channel_account.update", id, {
      before: was,
      change,
      credentialsReplaced: Object.keys(credentials ?? {}),
    });
    tx.afterCommit(() => forgetAccounts(tx.merchantId));
    return row;
  });
}

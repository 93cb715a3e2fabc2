import { eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import { checkCredentials, checkMethods } from "#lib/channel-accounts/create-account";
import { forgetAccounts } from "#lib/channel-accounts/load-account";
import {
  type PlatformAccountRow,
  platformCredentials,
  platformCredentialsContext,
} from "#lib/channel-accounts/platform-account";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { NotFound } from "#lib/kernel/errors";
import type { OperatorContext, OperatorTx } from "../context.ts";
import { recordDeed } from "../record.ts";
import { expiryOf } from "./create-platform-account.ts";

export interface PlatformAccountChange {
  readonly label?: string | undefined;
  /** Disabled, it takes no new payment of any merchant, within seconds; refunds and queries go on. */
  readonly status?: "enabled" | "disabled" | undefined;
  readonly methods?: readonly string[] | undefined;
}

/** Changes what is given, for every merchant that it is lent to. @throws NotFound, InvalidParam */
export async function changePlatformAccount(
  octx: OperatorContext,
  id: string,
  { label, status, methods }: PlatformAccountChange,
): Promise<PlatformAccountRow> {
  return change(octx, id, async (tx, before) => {
    if (methods) checkMethods(before.channel, methods);
    const set = {
      ...(label !== undefined && { label }),
      ...(status !== undefined && { status }),
      ...(methods !== undefined && { methods: [...methods] }),
    };
    const was = { label: before.label, status: before.status, methods: before.methods };
    await recordDeed(tx, { verb: "platform_account.update", objectId: id, change: { before: was, after: set } });
    return set;
  });
}

/**
 * Replaces those credentials that are given, at once for every merchant that it is lent to. Their values stand in no log.
 *
 * @throws NotFound, InvalidParam naming the credential at fault
 */
export async function replacePlatformCredentials(
  octx: OperatorContext,
  id: string,
  replaced: Record<string, string>,
): Promise<PlatformAccountRow> {
  return change(octx, id, async (tx, before) => {
    const whole = { ...platformCredentials(before), ...replaced };
    checkCredentials(before.channel, whole);
    const credentials = seal(env.secretsKeys, JSON.stringify(whole), platformCredentialsContext(id));
    const names = Object.keys(replaced);
    await recordDeed(tx, { verb: "platform_account.replace_credentials", objectId: id, change: { replaced: names } });
    return { credentials, expiresAt: expiryOf({ ...before, credentials }) };
  });
}

async function change(
  octx: OperatorContext,
  id: string,
  decide: (tx: OperatorTx, before: PlatformAccountRow) => Promise<Partial<PlatformAccountRow>>,
): Promise<PlatformAccountRow> {
  const isIt = eq(platformChannelAccounts.id, id);
  const { row, borrowers } = await octx.transaction(async (tx) => {
    const [before] = await tx.db.select().from(platformChannelAccounts).where(isIt).for("update");
    if (!before) throw new NotFound("platform_account");
    const set = await decide(tx, before);
    const changed = { ...set, updatedAt: tx.now };
    const [after] = await tx.db.update(platformChannelAccounts).set(changed).where(isIt).returning();
    if (!after) throw new NotFound("platform_account");
    const loans = await tx.db
      .select({ merchantId: channelAccounts.merchantId })
      .from(channelAccounts)
      .where(eq(channelAccounts.platformAccount, id));
    return { row: after, borrowers: loans };
  });
  for (const { merchantId } of borrowers) forgetAccounts(merchantId);
  return row;
}

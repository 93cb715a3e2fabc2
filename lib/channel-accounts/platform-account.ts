import { eq } from "drizzle-orm";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import { appDatabase } from "#db/tenancy";
import type { Channel, ChannelAccount } from "#lib/channels/channel";
import { channelNamed } from "#lib/channels/registry";
import { unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { NotFound } from "#lib/kernel/errors";
import { addressesOf } from "./addresses.ts";

export type PlatformAccountRow = typeof platformChannelAccounts.$inferSelect;

/** What a platform's credentials are bound to when sealed: no merchant's row opens them. */
export function platformCredentialsContext(id: string): string {
  return `platform_channel_accounts:${id}`;
}

/** The credentials as the operator typed them. */
export function platformCredentials(row: Pick<PlatformAccountRow, "id" | "credentials">): Record<string, string> {
  return JSON.parse(unseal(env.secretsKeys, row.credentials, platformCredentialsContext(row.id)));
}

/** The account by itself, on behalf of no merchant: for a probe, and for a notification whose merchant is not known yet. */
export function openPlatformAccount(row: PlatformAccountRow): { channel: Channel; account: ChannelAccount } {
  const channel = channelNamed(row.channel);
  const credentials = channel.credentials.parse(platformCredentials(row));
  return {
    channel,
    account: { id: row.id, livemode: row.livemode, credentials, ...addressesOf(row.environment, channel) },
  };
}

/** Whether enabled or not: what has begun there must be finished. @throws NotFound */
export async function loadPlatformAccount(id: string): Promise<PlatformAccountRow> {
  const [row] = await appDatabase().select().from(platformChannelAccounts).where(eq(platformChannelAccounts.id, id));
  if (!row) throw new NotFound("platform_account");
  return row;
}

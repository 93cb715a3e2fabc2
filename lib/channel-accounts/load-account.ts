import { and, asc, eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import type { Context } from "#db/tenancy";
import { atRealTime } from "#lib/channels/at-real-time";
import type { Channel, ChannelAccount } from "#lib/channels/channel";
import { channelNamed } from "#lib/channels/registry";
import { TimedCache } from "#lib/kernel/cache";
import { unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { NotFound } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";
import { addressesOf } from "./addresses.ts";
import { type PlatformAccountRow, platformCredentials } from "./platform-account.ts";

export type ChannelAccountRow = typeof channelAccounts.$inferSelect;

/** An account ready for a call: its row, its adapter, its opened credentials. */
export interface OpenAccount {
  /** Its methods are those that it has now: of a lent one, no more than what is still lent. */
  readonly row: ChannelAccountRow;
  /** The platform's account that it is a loan of. */
  readonly lender: PlatformAccountRow | undefined;
  readonly channel: Channel;
  readonly account: ChannelAccount;
}

const cache = processWide("channel-accounts", () => new TimedCache<OpenAccount[]>({ ttlMs: 5_000, max: 10_000 }));

/** What the credentials are bound to when sealed: an account's ciphertext opens nowhere else. */
export function credentialsContext(accountId: string): string {
  return `channel_accounts:${accountId}`;
}

/** @param lender the platform's account that a lent one opens with */
export function openAccount(row: ChannelAccountRow, lender?: PlatformAccountRow): OpenAccount {
  const channel = channelNamed(row.channel);
  const credentials = channel.credentials.parse(lender ? platformCredentials(lender) : keptCredentials(row));
  const addresses = addressesOf(row.environment, channel);
  const account = { id: row.id, livemode: row.livemode, credentials, ...addresses };
  if (!lender) return { row, lender, channel, account };
  const methods = row.methods.filter((method) => row.lentMethods?.includes(method) && lender.methods.includes(method));
  return { row: { ...row, methods }, lender, channel, account };
}

/** Whether the platform keeps new payments away from it, whatever the merchant has set. */
export function isHeldBack({ row, lender }: Pick<OpenAccount, "row" | "lender">): boolean {
  return row.pausedAt !== null || row.takenBackAt !== null || lender?.status === "disabled";
}

/** The credentials as the merchant typed them. */
export function keptCredentials(row: Pick<ChannelAccountRow, "id" | "credentials">): Record<string, string> {
  if (row.credentials === null) throw new Error("a lent account has no credentials of its own");
  return JSON.parse(unseal(env.secretsKeys, row.credentials, credentialsContext(row.id)));
}

/** All accounts of the caller's merchant in its mode, best first; at most five seconds old. */
export async function loadAccounts(ctx: Context): Promise<readonly OpenAccount[]> {
  const read = () =>
    ctx.transaction(async (tx) => {
      const rows = await tx.db
        .select({ row: channelAccounts, lender: platformChannelAccounts })
        .from(channelAccounts)
        .leftJoin(platformChannelAccounts, eq(platformChannelAccounts.id, channelAccounts.platformAccount))
        .where(and(eq(channelAccounts.merchantId, tx.merchantId), eq(channelAccounts.livemode, tx.livemode)))
        .orderBy(asc(channelAccounts.priority), asc(channelAccounts.id));
      return rows.map(({ row, lender }) => openAccount(row, lender ?? undefined));
    });
  const accounts = await cache.get(`${ctx.merchantId}:${ctx.livemode}`, read, ctx.isInTransaction);
  if (ctx.testOffsetMs === 0) return accounts;
  return accounts.map((open) => ({ ...open, channel: atRealTime(open.channel, ctx.testOffsetMs) }));
}

/** One account, whether enabled or not: what it has begun must be finished. @throws NotFound */
export async function loadAccount(ctx: Context, id: string): Promise<OpenAccount> {
  const found = (await loadAccounts(ctx)).find((open) => open.row.id === id);
  if (!found) throw new NotFound("channel_account");
  return found;
}

export function forgetAccounts(merchantId: string): void {
  cache.forget(`${merchantId}:true`);
  cache.forget(`${merchantId}:false`);
}

const modes = processWide("channel-account-modes", () => new TimedCache<boolean>({ ttlMs: 300_000, max: 50_000 }));

/** Which world an account belongs to; it never changes. For callers that know the account and nothing else. @throws NotFound */
export function accountMode(ctx: Context, id: string): Promise<boolean> {
  const read = () =>
    ctx.transaction(async (tx) => {
      const [row] = await tx.db
        .select({ livemode: channelAccounts.livemode })
        .from(channelAccounts)
        .where(and(eq(channelAccounts.merchantId, tx.merchantId), eq(channelAccounts.id, id)));
      if (!row) throw new NotFound("channel_account");
      return row.livemode;
    });
  return modes.get(id, read, ctx.isInTransaction);
}

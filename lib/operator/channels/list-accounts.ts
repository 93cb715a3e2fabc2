import { desc, eq, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { channelAccounts } from "#db/schema/channel-accounts";
import { merchants } from "#db/schema/merchants";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import { type ChannelAccountRow, openAccount } from "#lib/channel-accounts/load-account";
import type { PlatformAccountRow } from "#lib/channel-accounts/platform-account";
import { log } from "#lib/kernel/log";

export interface AccountView {
  readonly row: ChannelAccountRow;
  readonly merchant: string;
  readonly expiresAt: Date | undefined;
  /** When the provider last answered a payment call, and when it last did not. */
  readonly answeredAt: string | null;
  readonly lostAt: string | null;
}

/** More than a page can show well: a filter is asked for before that. */
const mostAccounts = 2_000;

export interface AccountFilter {
  readonly channel?: string | undefined;
  readonly merchant?: string | undefined;
  readonly livemode?: boolean | undefined;
}

/** Accounts of all merchants, those whose credentials end soonest first. */
export async function listChannelAccounts(filter: AccountFilter): Promise<AccountView[]> {
  const db = operatorDatabase();
  const { channel, merchant, livemode } = filter;
  const rows = await db
    .select({ row: channelAccounts, merchant: merchants.name, lender: platformChannelAccounts })
    .from(channelAccounts)
    .innerJoin(merchants, eq(merchants.merchantId, channelAccounts.merchantId))
    .leftJoin(platformChannelAccounts, eq(platformChannelAccounts.id, channelAccounts.platformAccount))
    .where(
      sql`true ${channel ? sql`and ${channelAccounts.channel} = ${channel}` : sql``}
        ${merchant ? sql`and ${channelAccounts.merchantId} = ${merchant}` : sql``}
        ${livemode === undefined ? sql`` : sql`and ${channelAccounts.livemode} = ${livemode}`}`,
    )
    .orderBy(desc(channelAccounts.createdAt))
    .limit(mostAccounts);
  const ids = rows.map(({ row }) => row.id);
  const calls = await db.execute<{ id: string; answered_at: string | null; lost_at: string | null }>(sql`
    select channel_account_id as id, max(minute) filter (where answered > 0) as answered_at,
      max(minute) filter (where lost > 0) as lost_at
    from channel_calls where channel_account_id = any (${sql.param(ids)}::text[]) group by 1`);
  const byId = new Map(calls.map((call) => [call.id, call]));
  const views = rows.map(({ row, merchant: name, lender }) => ({
    row,
    merchant: name,
    expiresAt: expiryOf(row, lender ?? undefined),
    answeredAt: instantOf(byId.get(row.id)?.answered_at),
    lostAt: instantOf(byId.get(row.id)?.lost_at),
  }));
  const end = ({ expiresAt }: AccountView) => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return views.sort((a, b) => (end(a) === end(b) ? 0 : end(a) - end(b)));
}

function instantOf(text: string | null | undefined): string | null {
  return text ? new Date(text).toISOString() : null;
}

function expiryOf(row: ChannelAccountRow, lender: PlatformAccountRow | undefined): Date | undefined {
  try {
    const { channel, account } = openAccount(row, lender);
    return channel.credentialsExpireAt?.(account);
  } catch (error) {
    log.warn({ err: error, account: row.id }, "credentials can't be read");
    return undefined;
  }
}

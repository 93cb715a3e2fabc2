import { asc, desc, eq, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { channelAccounts } from "#db/schema/channel-accounts";
import { merchants } from "#db/schema/merchants";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import { type ChannelAccountRow, openAccount } from "#lib/channel-accounts/load-account";
import { loadPlatformAccount, type PlatformAccountRow } from "#lib/channel-accounts/platform-account";

/** When the provider last answered a payment call, and when it last did not. */
interface Calls {
  readonly answeredAt: string | null;
  readonly lostAt: string | null;
}

export interface PlatformAccountView extends Calls {
  readonly row: PlatformAccountRow;
  /** How many merchants it is lent to now. */
  readonly borrowers: number;
}

export interface LoanView extends Calls {
  /** Its methods are those that the merchant has now. */
  readonly row: ChannelAccountRow;
  readonly merchant: string;
}

/** More than a page can show well. */
const mostLoans = 2_000;

/** All of them, those whose credentials end soonest first. */
export async function listPlatformAccounts(): Promise<PlatformAccountView[]> {
  const db = operatorDatabase();
  const [rows, uses] = await Promise.all([
    db
      .select()
      .from(platformChannelAccounts)
      .orderBy(sql`${platformChannelAccounts.expiresAt} nulls last`, desc(platformChannelAccounts.id)),
    db.execute<{ id: string; borrowers: string; answered_at: string | null; lost_at: string | null }>(sql`
      select c.platform_account as id, count(*) filter (where c.taken_back_at is null) as borrowers,
        max(calls.answered_at) as answered_at, max(calls.lost_at) as lost_at
      from channel_accounts c cross join lateral ${callsOf()} calls
      where c.platform_account is not null group by 1`),
  ]);
  const byId = new Map(uses.map((use) => [use.id, use]));
  return rows.map((row) => {
    const use = byId.get(row.id);
    return {
      row,
      borrowers: Number(use?.borrowers ?? 0),
      answeredAt: instantOf(use?.answered_at),
      lostAt: instantOf(use?.lost_at),
    };
  });
}

/** Whom it is lent to, those that it was taken back from last. @throws NotFound */
export async function readPlatformAccount(id: string): Promise<{ view: PlatformAccountView; loans: LoanView[] }> {
  const lender = await loadPlatformAccount(id);
  const db = operatorDatabase();
  const found = await db
    .select({ row: channelAccounts, merchant: merchants.name })
    .from(channelAccounts)
    .innerJoin(merchants, eq(merchants.merchantId, channelAccounts.merchantId))
    .where(eq(channelAccounts.platformAccount, id))
    .orderBy(sql`${channelAccounts.takenBackAt} is not null`, asc(merchants.name))
    .limit(mostLoans);
  const calls = await db.execute<{ id: string; answered_at: string | null; lost_at: string | null }>(sql`
    select c.id, calls.* from channel_accounts c cross join lateral ${callsOf()} calls where c.platform_account = ${id}`);
  const byId = new Map(calls.map((call) => [call.id, call]));
  const loans = found.map(({ row, merchant }) => ({
    row: openAccount(row, lender).row,
    merchant,
    answeredAt: instantOf(byId.get(row.id)?.answered_at),
    lostAt: instantOf(byId.get(row.id)?.lost_at),
  }));
  const latest = (moments: readonly (string | null)[]) =>
    moments
      .filter((at) => at !== null)
      .sort()
      .at(-1) ?? null;
  const view = {
    row: lender,
    borrowers: loans.filter(({ row }) => row.takenBackAt === null).length,
    answeredAt: latest(loans.map(({ answeredAt }) => answeredAt)),
    lostAt: latest(loans.map(({ lostAt }) => lostAt)),
  };
  return { view, loans };
}

function callsOf() {
  return sql`(
    select max(x.minute) filter (where x.answered > 0) as answered_at, max(x.minute) filter (where x.lost > 0) as lost_at
    from channel_calls x where x.merchant_id = c.merchant_id and x.channel_account_id = c.id)`;
}

function instantOf(text: string | null | undefined): string | null {
  return text ? new Date(text).toISOString() : null;
}

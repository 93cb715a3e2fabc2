import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import { type AccountCode, accountId, isKnownAccount, normalSideOf, rememberAccounts } from "./accounts.ts";

export interface AccountBalance {
  readonly code: AccountCode;
  readonly currency: CurrencyCode;
  /** In the account's normal direction, minor units. */
  readonly balance: bigint;
}

/**
 * What an account holds, in its normal direction, minor units: the last checkpoint plus the transfers since. 0 for an
 * account that was never posted to. Nothing is locked: for a debit that needs cover use `lockedBalance`.
 */
export async function balanceOf(tx: Tx, code: AccountCode, currency: CurrencyCode): Promise<bigint> {
  const id = accountId(tx.merchantId, tx.livemode, code, currency);
  const [row] = await tx.db.execute<{ debits: string; credits: string }>(sql`
    select base.debits + debit_tail.amount as debits, base.credits + credit_tail.amount as credits
    from ${lastCheckpoint(sql`${tx.merchantId}`, sql`${id}`)} base
    cross join lateral (${tailOf(tx, id, sql`debit_account_id`)}) debit_tail
    cross join lateral (${tailOf(tx, id, sql`credit_account_id`)}) credit_tail`);
  return row ? inNormalDirection(code, row) : 0n;
}

/**
 * One side of what an account moved since its checkpoint. Lateral, so that PostgreSQL starts no parallel workers for a
 * few rows; with an upper bound, because it takes an open range for a third of the table and would read all of it.
 */
function tailOf(tx: Tx, id: string, side: SQL): SQL {
  return sql`
    select coalesce(sum(amount), 0) as amount from ledger_transfers
    where merchant_id = ${tx.merchantId} and ${side} = ${id}
      and created_at > base.through and created_at <= 'infinity'`;
}

/**
 * An account's newest checkpoint, or one of nothing before all time. Always a row, so that no condition on transfers
 * needs a `coalesce`: under row-level security PostgreSQL does not let one near an index.
 */
function lastCheckpoint(merchantId: SQL, account: SQL): SQL {
  return sql`(
      (select through, debits, credits from ledger_checkpoints
        where merchant_id = ${merchantId} and account_id = ${account} order by through desc limit 1)
      union all select '-infinity', 0, 0
      order by through desc limit 1
    )`;
}

/**
 * The balance, with the account locked until the transaction ends, for a debit that must not overdraw: of two such
 * debits the second sees the first. Plain credits do not wait for it. Of
 * several accounts, always lock in the same order.
 */
export async function lockedBalance(tx: Tx, code: AccountCode, currency: CurrencyCode): Promise<bigint> {
  const id = accountId(tx.merchantId, tx.livemode, code, currency);
  if (!isKnownAccount(id)) {
    await tx.db.execute(sql`
      insert into ledger_accounts (merchant_id, id, livemode, code, currency, normal_side)
      values (${tx.merchantId}, ${id}, ${tx.livemode}, ${code}, ${currency}, ${normalSideOf(code)})
      on conflict do nothing`);
    tx.afterCommit(() => rememberAccounts([id]));
  }
  // Two statements: one that waited for the lock would still sum what it saw before it waited.
  await tx.db.execute(sql`
    select 1 from ledger_accounts where merchant_id = ${tx.merchantId} and id = ${id} for no key update`);
  return balanceOf(tx, code, currency);
}

/** Every account of the merchant's book in this mode, or those of one currency, by code. */
export async function balances(tx: Tx, currency?: CurrencyCode): Promise<AccountBalance[]> {
  const rows = await tx.db.execute<{ code: AccountCode; currency: CurrencyCode; debits: string; credits: string }>(sql`
    select a.code, a.currency, sides.debits, sides.credits
    from ledger_accounts a ${sidesAt()}
    where a.merchant_id = ${tx.merchantId} and a.livemode = ${tx.livemode}
      and (${currency ?? null}::text is null or a.currency = ${currency ?? null}::text)
    order by a.code, a.currency`);
  return rows.map((row) => ({ code: row.code, currency: row.currency, balance: inNormalDirection(row.code, row) }));
}

/**
 * Joins `sides(debits, credits)` to each row of `ledger_accounts a`: all transfers created up to and including a moment,
 * reckoned from the account's last checkpoint, forwards or backwards.
 */
export function sidesAt(at?: Date): SQL {
  const moment = sql`${at?.toISOString() ?? "infinity"}::timestamptz`;
  const gap = (side: SQL) => sql`
    select coalesce(sum(t.amount), 0) as amount from ledger_transfers t
    where t.merchant_id = a.merchant_id and t.${side} = a.id
      and t.created_at > least(base.through, ${moment}) and t.created_at <= greatest(base.through, ${moment})`;
  const direction = sql`case when base.through > ${moment} then -1 else 1 end`;
  return sql`
    cross join lateral ${lastCheckpoint(sql`a.merchant_id`, sql`a.id`)} base
    cross join lateral (${gap(sql`debit_account_id`)}) debit_gap
    cross join lateral (${gap(sql`credit_account_id`)}) credit_gap
    cross join lateral (
      select base.debits + ${direction} * debit_gap.amount as debits,
        base.credits + ${direction} * credit_gap.amount as credits
    ) sides`;
}

/** Sums of both sides, as PostgreSQL writes its numerics, turned into a signed balance. */
export function inNormalDirection(code: AccountCode, sides: { debits: string; credits: string }): bigint {
  const difference = BigInt(sides.debits) - BigInt(sides.credits);
  return normalSideOf(code) === "debit" ? difference : -difference;
}

import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import { coveredAccounts } from "./accounts.ts";
import { balances, sidesAt } from "./balance.ts";
import { verifySeals } from "./seal.ts";
import { trialBalance } from "./trial-balance.ts";

/** Of each kind: one finding is enough to stop, twenty are enough to see the pattern. */
const maxFindings = 20;

/**
 * Everything that must hold for the merchant's book in this mode, reckoned from the rows themselves. For tests, benches
 * and audits: it reads the whole book.
 *
 * @returns what does not hold, in words; empty when the book is sound
 */
export async function checkInvariants(tx: Tx): Promise<string[]> {
  await allowTime(tx);
  return [
    ...(await withoutNestedLoops(tx, emptyTransactions)),
    ...(await withoutNestedLoops(tx, misplacedTransfers)),
    ...(await wrongCheckpoints(tx)),
    ...(await unbalancedCurrencies(tx)),
    ...(await uncoveredAccounts(tx)),
    ...(await brokenSeals(tx)),
  ];
}

/** An audit reads the whole book, so for the rest of its transaction the limits of a request do not hold. */
async function allowTime(tx: Tx): Promise<void> {
  await tx.db.execute(sql`
    select set_config(name, '10min', true) from pg_settings where name in ('statement_timeout', 'transaction_timeout')`);
}

/** Before the first statistics of a new book the planner takes it for tiny, and would compare every row with every row. */
async function withoutNestedLoops(tx: Tx, check: (tx: Tx) => Promise<string[]>): Promise<string[]> {
  await tx.db.execute(sql`set local enable_nestloop = off`);
  const found = await check(tx);
  await tx.db.execute(sql`set local enable_nestloop = on`);
  return found;
}

async function emptyTransactions(tx: Tx): Promise<string[]> {
  return findings(
    tx,
    sql`
    select 'transaction ' || x.id || ' has no transfer' as finding from ledger_transactions x
    where x.merchant_id = ${tx.merchantId} and x.livemode = ${tx.livemode} and not exists (
      select from ledger_transfers t where t.merchant_id = ${tx.merchantId} and t.transaction_id = x.id)`,
  );
}

async function misplacedTransfers(tx: Tx): Promise<string[]> {
  return findings(
    tx,
    sql`
    select 'transfer ' || t.id || case
        when x.id is null then ' belongs to no transaction'
        when d.id is null or c.id is null then ' names an account that does not exist'
        when d.livemode <> t.livemode or c.livemode <> t.livemode then ' mixes test and live'
        else ' is in another currency than its accounts'
      end as finding
    from ledger_transfers t
    left join ledger_transactions x
      on x.merchant_id = ${tx.merchantId} and x.livemode = ${tx.livemode} and x.id = t.transaction_id
    left join ledger_accounts d on d.merchant_id = ${tx.merchantId} and d.id = t.debit_account_id
    left join ledger_accounts c on c.merchant_id = ${tx.merchantId} and c.id = t.credit_account_id
    where t.merchant_id = ${tx.merchantId} and t.livemode = ${tx.livemode} and (
      x.id is null or d.id is null or c.id is null
       or d.livemode <> t.livemode or c.livemode <> t.livemode
      or d.currency <> t.currency or c.currency <> t.currency)`,
  );
}

async function wrongCheckpoints(tx: Tx): Promise<string[]> {
  return findings(
    tx,
    sql`
    with naive as (
      select account_id, sum(debits) as debits, sum(credits) as credits
      from ledger_transfers t cross join lateral (
        values (t.debit_account_id, t.amount, 0), (t.credit_account_id, 0, t.amount)
      ) as side(account_id, debits, credits)
      where t.merchant_id = ${tx.merchantId} and t.livemode = ${tx.livemode}
      group by account_id
    )
    select 'checkpoint of ' || a.code || ' ' || a.currency || ' and the transfers since make '
      || sides.debits || ' debits and ' || sides.credits || ' credits, all transfers '
      || coalesce(naive.debits, 0) || ' and ' || coalesce(naive.credits, 0) as finding
    from ledger_accounts a left join naive on naive.account_id = a.id ${sidesAt()}
    where a.merchant_id = ${tx.merchantId} and a.livemode = ${tx.livemode}
      and (sides.debits <> coalesce(naive.debits, 0) or sides.credits <> coalesce(naive.credits, 0))`,
  );
}

async function unbalancedCurrencies(tx: Tx): Promise<string[]> {
  return (await trialBalance(tx))
    .filter((book) => !book.isBalanced)
    .map((book) => `${book.currency} debits of ${book.debits} are not its credits of ${book.credits}`);
}

async function uncoveredAccounts(tx: Tx): Promise<string[]> {
  const covered = new Set<string>(coveredAccounts);
  return (await balances(tx))
    .filter(({ code, balance }) => covered.has(code) && balance < 0n)
    .map(({ code, currency, balance }) => `${code} ${currency} is overdrawn: ${balance}`);
}

async function brokenSeals(tx: Tx): Promise<string[]> {
  const { broken } = await verifySeals(tx.ctx);
  return broken ? [`seal ${broken.number} does not hold: ${broken.reason.replace("_", " ")}`] : [];
}

async function findings(tx: Tx, query: SQL): Promise<string[]> {
  const rows = await tx.db.execute<{ finding: string }>(sql`${query} limit ${maxFindings}`);
  return rows.map((row) => row.finding);
}

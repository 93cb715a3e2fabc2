import { type SQL, sql } from "drizzle-orm";
import { command } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";
import type { Money } from "#lib/kernel/money";
import { type AccountCode, accountId, isKnownAccount, normalSideOf, rememberAccounts } from "./accounts.ts";
import { transferId } from "./transfer-id.ts";

export interface Transfer {
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amount: Money;
}

/** A business fact as the book sees it: transfers that stand or fall together. */
export interface Posting {
  /** Names the fact (`refund_accepted:re_…`): unique per merchant and mode, so a fact is posted at most once. */
  readonly reference: string;
  /** What sort of fact, for statements and filters: `refund_accepted`. */
  readonly kind: string;
  readonly orderId?: string;
  /** When it happened outside; the transaction's time when not given. */
  readonly occurredAt?: Date;
  /** Zero amounts are left out (a fee of nothing is no transfer); negative ones are refused. */
  readonly transfers: readonly Transfer[];
}

/** The usual posting, between accounts that exist. */
const bookAmongKnown = command<{ id: string }>(`
  with booked as (
    insert into ledger_transactions (merchant_id, id, livemode, reference, kind, order_id, occurred_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7::timestamptz, now() + $9::float8 * interval '1 millisecond')
    on conflict (merchant_id, livemode, reference) do nothing
    returning id
  )
  insert into ledger_transfers
    (merchant_id, id, livemode, transaction_id, debit_account_id, credit_account_id, amount, currency, created_at)
  select $1, t.id, $3, b.id, t.debit, t.credit, t.amount, t.currency,
    (select clock_timestamp() + $9::float8 * interval '1 millisecond')
  from booked b cross join json_to_recordset($8::json)
    as t(id text, debit text, credit text, amount bigint, currency char(3))
  returning id`);

/**
 * Books a fact, in one statement of the caller's transaction, so that state and money commit together. A second
 * transaction with the same reference waits for the first and then books nothing.
 *
 * @returns whether this call booked it: false when the reference was posted before or every amount is zero
 * @throws RangeError on a negative amount, an account outside the chart, or a transfer from an account to itself
 */
export async function post(tx: Tx, posting: Posting): Promise<boolean> {
  const { accounts, transactions, transfers } = rowsOf(tx, [posting]);
  const transaction = transactions[0];
  if (!transaction) return false;
  if (accounts.length === 0) {
    const { id, reference, kind, order_id, occurred_at } = transaction;
    const rows = JSON.stringify(transfers);
    const booked = await bookAmongKnown(tx, [
      tx.merchantId,
      id,
      tx.livemode,
      reference,
      kind,
      order_id,
      occurred_at,
      rows,
      tx.ctx.testOffsetMs,
    ]);
    return booked.length > 0;
  }
  const moved = await tx.db.execute(sql`
    with ${openAccounts(tx, accounts)} booked as (
      insert into ledger_transactions (merchant_id, id, livemode, reference, kind, order_id, occurred_at, created_at)
      values (${tx.merchantId}, ${transaction.id}, ${tx.livemode}, ${transaction.reference}, ${transaction.kind},
        ${transaction.order_id}, ${transaction.occurred_at}::timestamptz, now() + ${testOffset(tx)})
      on conflict (merchant_id, livemode, reference) do nothing
      returning id
    )
    insert into ledger_transfers
      (merchant_id, id, livemode, transaction_id, debit_account_id, credit_account_id, amount, currency, created_at)
    select ${tx.merchantId}, t.id, ${tx.livemode}, b.id, t.debit, t.credit, t.amount, t.currency,
      (select clock_timestamp() + ${testOffset(tx)})
    from booked b cross join json_to_recordset(${JSON.stringify(transfers)}::json)
      as t(id text, debit text, credit text, amount bigint, currency char(3))`);
  return moved.count > 0;
}

/**
 * Books many facts in one statement: for batches (settlement, imports). A thousand at a time is plenty; more only makes
 * the statement's memory and locks larger.
 *
 * @returns the references that this call booked, without those posted before
 */
export async function postMany(tx: Tx, postings: readonly Posting[]): Promise<string[]> {
  const { accounts, transactions, transfers } = rowsOf(tx, postings);
  if (transactions.length === 0) return [];
  const booked = await tx.db.execute<{ reference: string }>(sql`
    with ${openAccounts(tx, accounts)} booked as (
      insert into ledger_transactions (merchant_id, id, livemode, reference, kind, order_id, occurred_at, created_at)
      select ${tx.merchantId}, id, ${tx.livemode}, reference, kind, order_id, occurred_at, now() + ${testOffset(tx)}
      from json_to_recordset(${JSON.stringify(transactions)}::json)
        as t(id text, reference text, kind text, order_id text, occurred_at timestamptz)
      on conflict (merchant_id, livemode, reference) do nothing
      returning id, reference
    ), moved as (
      insert into ledger_transfers
        (merchant_id, id, livemode, transaction_id, debit_account_id, credit_account_id, amount, currency, created_at)
      select ${tx.merchantId}, t.id, ${tx.livemode}, b.id, t.debit, t.credit, t.amount, t.currency,
        (select clock_timestamp() + ${testOffset(tx)})
      from booked b
      join json_to_recordset(${JSON.stringify(transfers)}::json)
        as t(id text, txn text, debit text, credit text, amount bigint, currency char(3)) on t.txn = b.id
    )
    select reference from booked`);
  return booked.map((row) => row.reference);
}

/** Booked times are the server's, moved with the merchant's test clock: statements have that clock's days. */
function testOffset(tx: Tx): SQL {
  return sql`${tx.ctx.testOffsetMs}::float8 * interval '1 millisecond'`;
}

/** Part of the posting statement: the accounts that may not exist yet. Nothing in the usual case that all are known. */
function openAccounts(tx: Tx, accounts: readonly AccountRow[]): SQL {
  if (accounts.length === 0) return sql``;
  tx.afterCommit(() => rememberAccounts(accounts.map((account) => account.id)));
  return sql`opened as (
      insert into ledger_accounts (merchant_id, id, livemode, code, currency, normal_side)
      select ${tx.merchantId}, id, ${tx.livemode}, code, currency, normal_side
      from json_to_recordset(${JSON.stringify(accounts)}::json)
        as a(id text, code text, currency char(3), normal_side text)
      on conflict do nothing
    ),`;
}

/**
 * The posting that undoes another: the same transfers with their sides swapped. A mistake in the book is corrected by
 * this and never by a change of rows.
 */
export function reversal(posting: Posting): Posting {
  return {
    ...posting,
    reference: `reversal:${posting.reference}`,
    kind: `reversal:${posting.kind}`,
    transfers: posting.transfers.map(({ debit, credit, amount }) => ({ debit: credit, credit: debit, amount })),
  };
}

interface AccountRow {
  readonly id: string;
  readonly code: AccountCode;
  readonly currency: string;
  readonly normal_side: string;
}

interface TransactionRow {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly order_id: string | null;
  readonly occurred_at: string;
}

interface TransferRow {
  readonly id: string;
  readonly txn: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: string;
  readonly currency: string;
}

/** Printable ASCII without blanks: references are read aloud, searched for, and sealed. */
const wordPattern = /^[\x21-\x7e]{1,200}$/;

function rowsOf(tx: Tx, postings: readonly Posting[]) {
  const newAccounts = new Map<string, AccountRow>();
  const account = (code: AccountCode, { currency }: Money): string => {
    const id = accountId(tx.merchantId, tx.livemode, code, currency);
    if (!isKnownAccount(id)) newAccounts.set(id, { id, code, currency, normal_side: normalSideOf(code) });
    return id;
  };

  const transactions: TransactionRow[] = [];
  const transfers: TransferRow[] = [];
  for (const posting of postings) {
    if (!wordPattern.test(posting.reference)) throw new RangeError(`not a posting reference: ${posting.reference}`);
    const moved = posting.transfers.filter(isMove);
    if (moved.length === 0) continue;
    const id = newId("ledgerTransaction", tx.merchantId, tx.now.getTime());
    transactions.push({
      id,
      reference: posting.reference,
      kind: posting.kind,
      order_id: posting.orderId ?? null,
      occurred_at: (posting.occurredAt ?? tx.now).toISOString(),
    });
    for (const [position, { debit, credit, amount }] of moved.entries()) {
      transfers.push({
        id: transferId(id, position),
        txn: id,
        debit: account(debit, amount),
        credit: account(credit, amount),
        amount: amount.minor.toString(),
        currency: amount.currency,
      });
    }
  }
  // In one order for everybody: two transactions that open the same two accounts must not wait for each other crosswise.
  const accounts = [...newAccounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { accounts, transactions, transfers };
}

function isMove({ debit, credit, amount }: Transfer): boolean {
  if (amount.minor < 0n) throw new RangeError(`negative transfer: ${debit} to ${credit}`);
  if (debit === credit) throw new RangeError(`transfer from an account to itself: ${debit}`);
  return amount.minor > 0n;
}

import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import { InvalidParam } from "#lib/kernel/errors";
import { type AccountCode, accountId, type NormalSide, normalSideOf } from "./accounts.ts";
import { inNormalDirection, sidesAt } from "./balance.ts";
import { transactionRangeOf } from "./transfer-id.ts";

export interface StatementQuery {
  readonly code: AccountCode;
  readonly currency: CurrencyCode;
  /** Of the database server's clock, as all moments here: when it was booked, not when it happened outside. */
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  readonly limit: number;
  /** The transfer after which the page begins: the last one of the page before. */
  readonly after?: string;
}

export interface StatementLine {
  readonly transferId: string;
  readonly transactionId: string;
  readonly kind: string;
  readonly reference: string;
  readonly orderId: string | undefined;
  readonly side: NormalSide;
  /** The account on the other side. */
  readonly counterpart: AccountCode;
  readonly amount: bigint;
  /** After this line, in the account's normal direction. */
  readonly balance: bigint;
  readonly occurredAt: Date;
  readonly createdAt: Date;
}

export interface AccountStatement {
  /** Before the first line of this page, in the account's normal direction. */
  readonly openingBalance: bigint;
  /** Oldest first. */
  readonly lines: readonly StatementLine[];
  readonly hasMore: boolean;
}

const maxLimit = 1_000;

/** @throws InvalidParam when `after` names no transfer of this account, or `limit` is out of 1 to 1,000 */
export async function accountStatement(tx: Tx, query: StatementQuery): Promise<AccountStatement> {
  const { code, currency, limit } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    throw new InvalidParam("out_of_range", "limit", { minimum: 1, maximum: maxLimit });
  }
  const account = accountId(tx.merchantId, tx.livemode, code, currency);
  // Without a transfer to go on from: before every id of the first moment.
  const start =
    query.after === undefined ? { createdAt: query.from, id: "" } : await positionOf(tx, account, query.after);
  const openingBalance = await balanceThrough(tx, code, account, start);
  const rows = await linesAfter(tx, account, start, query);

  let balance = openingBalance;
  const lines = rows.slice(0, limit).map((row) => {
    const amount = BigInt(row.amount);
    balance += row.side === normalSideOf(code) ? amount : -amount;
    return lineOf(row, balance);
  });
  return { openingBalance, lines, hasMore: rows.length > limit };
}

/** A place in an account's history: after the transfer of this moment and id. */
interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

async function positionOf(tx: Tx, account: string, transferId: string): Promise<Position> {
  const range = transactionRangeOf(transferId);
  if (!range) throw new InvalidParam("invalid_cursor", "after");
  const [row] = await tx.db.execute<{ created_at: string }>(sql`
    select created_at from ledger_transfers
    where merchant_id = ${tx.merchantId} and transaction_id between ${range.first} and ${range.last}
      and id = ${transferId} and ${account} in (debit_account_id, credit_account_id)`);
  if (!row) throw new InvalidParam("invalid_cursor", "after");
  return { createdAt: new Date(row.created_at), id: transferId };
}

async function balanceThrough(tx: Tx, code: AccountCode, account: string, position: Position): Promise<bigint> {
  const before = new Date(position.createdAt.getTime() - 1);
  const within = (side: SQL) => sql`(
    select coalesce(sum(t.amount), 0) from ledger_transfers t
    where t.merchant_id = ${tx.merchantId} and t.${side} = ${account}
      and t.created_at = ${position.createdAt.toISOString()}::timestamptz and t.id <= ${position.id})`;
  const [row] = await tx.db.execute<{ debits: string; credits: string }>(sql`
    select sides.debits + ${within(sql`debit_account_id`)} as debits,
      sides.credits + ${within(sql`credit_account_id`)} as credits
    from ledger_accounts a ${sidesAt(before)}
    where a.merchant_id = ${tx.merchantId} and a.id = ${account}`);
  return row ? inNormalDirection(code, row) : 0n;
}

interface LineRow extends Record<string, unknown> {
  readonly id: string;
  readonly transaction_id: string;
  readonly kind: string;
  readonly reference: string;
  readonly order_id: string | null;
  readonly side: NormalSide;
  readonly counterpart: AccountCode;
  readonly amount: string;
  readonly occurred_at: string;
  readonly created_at: string;
}

async function linesAfter(tx: Tx, account: string, start: Position, query: StatementQuery): Promise<LineRow[]> {
  // Each side by its own index, no further than a page; one `or` over both would read the whole account.
  const most = query.limit + 1;
  const page = (side: NormalSide, own: SQL, other: SQL) => sql`(
    select t.id, t.transaction_id, t.amount, t.created_at, ${sql.raw(`'${side}'`)} as side, t.${other} as counterpart_id
    from ledger_transfers t
    where t.merchant_id = ${tx.merchantId} and t.${own} = ${account}
      and (t.created_at, t.id) > (${start.createdAt.toISOString()}::timestamptz, ${start.id})
      and t.created_at < ${query.to.toISOString()}::timestamptz
    order by t.created_at, t.id limit ${most})`;
  return tx.db.execute<LineRow>(sql`
    select l.id, l.transaction_id, l.amount, l.created_at, l.side,
      x.kind, x.reference, x.order_id, x.occurred_at, c.code as counterpart
    from (
      ${page("debit", sql`debit_account_id`, sql`credit_account_id`)}
      union all
      ${page("credit", sql`credit_account_id`, sql`debit_account_id`)}
      order by created_at, id limit ${most}
    ) l
    cross join lateral (
      select kind, reference, order_id, occurred_at from ledger_transactions
      where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and id = l.transaction_id limit 1
    ) x
    cross join lateral (
      select code from ledger_accounts where merchant_id = ${tx.merchantId} and id = l.counterpart_id limit 1
    ) c
    order by l.created_at, l.id`);
}

function lineOf(row: LineRow, balance: bigint): StatementLine {
  return {
    transferId: row.id,
    transactionId: row.transaction_id,
    kind: row.kind,
    reference: row.reference,
    orderId: row.order_id ?? undefined,
    side: row.side,
    counterpart: row.counterpart,
    amount: BigInt(row.amount),
    balance,
    occurredAt: new Date(row.occurred_at),
    createdAt: new Date(row.created_at),
  };
}

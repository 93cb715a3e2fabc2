import { z } from "@hono/zod-openapi";
import { ledgerTransactions } from "#db/schema/ledger";
import type { Tx } from "#db/tenancy";
import { type Effect, effectOf } from "#lib/ledger/effect";
import { type LedgerTransaction, listTransactions, matchesTransactions } from "#lib/ledger/list-transactions";
import { transactionFilterOf, transactionFilterShape } from "#lib/ledger/transaction-filter";
import { transfersOf } from "#lib/ledger/transfers-of";
import { amount, integer, moment, text, word } from "./cell.ts";
import { countUpTo } from "./count.ts";
import { defineSource, type Filters } from "./source.ts";

const filters = z.strictObject(transactionFilterShape);

interface Row {
  readonly transaction: LedgerTransaction;
  readonly effect: Effect | undefined;
}

async function read(tx: Tx, wanted: Filters, page: { limit: number; startingAfter?: string }): Promise<Row[]> {
  const found = await listTransactions(tx, { ...transactionFilterOf(filters.parse(wanted)), ...page });
  const transfers = await transfersOf(
    tx,
    found.map((row) => row.id),
  );
  return found.map((row) => ({ transaction: row, effect: effectOf(transfers.get(row.id) ?? []) }));
}

const money = (part: "amount" | "fee" | "net") => ({
  major: ({ effect }: Row) => amount(effect?.[part], effect?.currency ?? ""),
  minor: ({ effect }: Row) => integer(effect?.[part]),
});

export const transactionsSource = defineSource<Row, "transactions">({
  list: "transactions",
  permission: "balances:read",
  filters,
  idOf: ({ transaction }) => transaction.id,
  read,
  count: (tx, wanted, most) =>
    countUpTo(tx, ledgerTransactions, matchesTransactions(tx, transactionFilterOf(filters.parse(wanted))), most),
  cells: {
    id: ({ transaction }) => text(transaction.id),
    kind: ({ transaction }) => word("dashboard.transactions.kinds", transaction.kind),
    reference: ({ transaction }) => text(transaction.reference),
    order: ({ transaction }) => text(transaction.orderId),
    currency: ({ effect }) => text(effect?.currency),
    amount: money("amount").major,
    amount_minor: money("amount").minor,
    fee: money("fee").major,
    fee_minor: money("fee").minor,
    net: money("net").major,
    net_minor: money("net").minor,
    occurred_at: ({ transaction }) => moment(transaction.occurredAt),
  },
});

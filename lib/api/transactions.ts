import { listTransactions } from "#lib/ledger/list-transactions";
import { transactionFilterOf, transactionFilterShape } from "#lib/ledger/transaction-filter";
import { transactionJson, transactionSchema } from "#lib/ledger/transaction-json";
import { transfersOf } from "#lib/ledger/transfers-of";
import { listQuery, listSchema, page, resource, route } from "./route.ts";

export const transactions = resource();

transactions.openapi(
  route({
    method: "get",
    path: "/v1/transactions",
    tag: "Balances",
    summary: "Ledger transactions, newest first",
    description: "Every booking with its transfers, and what it changed of your balances.",
    permission: "balances:read",
    request: { query: listQuery(transactionFilterShape) },
    answer: { status: 200, schema: listSchema(transactionSchema, "TransactionList"), description: "A page." },
  }),
  async (c) => {
    const { limit, starting_after, ...query } = c.req.valid("query");
    const { rows, transfers } = await c.var.ctx.transaction(async (tx) => {
      const found = await listTransactions(tx, {
        ...transactionFilterOf(query),
        limit,
        startingAfter: starting_after,
      });
      const shown = found.slice(0, limit).map((row) => row.id);
      return { rows: found, transfers: await transfersOf(tx, shown) };
    });
    return c.json(
      page(rows, limit, (row) => transactionJson(row, transfers.get(row.id) ?? [])),
      200,
    );
  },
);

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, Tx } from "#db/tenancy";
import { balanceOf, balances, lockedBalance } from "./balance.ts";
import { foldCheckpoints } from "./checkpoint.ts";
import { post, postMany } from "./post.ts";
import { sealTransfers, verifySeals } from "./seal.ts";
import { accountStatement } from "./statement.ts";
import { move, type TestBooks, testBooks } from "./testing.ts";
import { trialBalance } from "./trial-balance.ts";

const past = 20_000;
const recent = 20;

let books: TestBooks;
let ctx: Context;

/** A book with a long past, folded and sealed, and a few transfers since. */
beforeAll(async () => {
  books = await testBooks();
  ctx = await books.openBook();
  for (let first = 0; first < past; first += 1_000) {
    const facts = Array.from({ length: 1_000 }, (_, n) => move(`past:${first + n}`, "bank:1", "suspense", 1n));
    await ctx.transaction((tx) => postMany(tx, facts));
  }
  await books.owner`update ledger_transfers set created_at = created_at - interval '1 hour'`;
  await foldCheckpoints(ctx);
  await sealTransfers(ctx);
  const facts = Array.from({ length: recent }, (_, n) => move(`recent:${n}`, "bank:1", "suspense", 1n));
  await ctx.transaction((tx) => postMany(tx, facts));
  await books.owner`vacuum analyze ledger_transfers, ledger_transactions, ledger_checkpoints, ledger_accounts`;
});
afterAll(() => books.close());

const anHour = () => ({ from: new Date(Date.now() - 1_800_000), to: new Date(Date.now() + 1_800_000) });

it.each<[string, (tx: Tx) => Promise<unknown>]>([
  ["a balance", (tx) => balanceOf(tx, "suspense", "CNY")],
  ["a locked balance", (tx) => lockedBalance(tx, "suspense", "CNY")],
  ["all balances", (tx) => balances(tx)],
  ["the trial balance", (tx) => trialBalance(tx)],
  ["the trial balance of a recent moment", (tx) => trialBalance(tx, new Date(Date.now() - 60_000))],
  [
    "a page of a recent statement",
    (tx) => accountStatement(tx, { ...anHour(), code: "suspense", currency: "CNY", limit: 5 }),
  ],
  ["folding", (tx) => foldCheckpoints(tx.ctx, { minimumAgeMs: 0 })],
  ["sealing", (tx) => sealTransfers(tx.ctx, { minimumAgeMs: 0 })],
  ["a posting", (tx) => post(tx, move("recent:more", "bank:1", "suspense", 1n))],
])("does not read the past again for %s", async (_what, work) => {
  const read = await readsOf(work);
  expect(read.wholeTable).toBe(0);
  expect(read.rows).toBeLessThanOrEqual(recent * 10);
});

it("reads as much as it verifies, not more, link by link", async () => {
  const read = await readsOf((tx) => verifySeals(tx.ctx));
  expect(read.rows).toBeLessThanOrEqual(past * 1.5);
});

/** What some work reads of the transfers: scans of the whole table, and rows. */
async function readsOf(work: (tx: Tx) => Promise<unknown>) {
  return ctx.transaction(async (tx) => {
    // The counters also hold what the connection's last transactions have not reported yet.
    const before = await transferReads(tx);
    await work(tx);
    const after = await transferReads(tx);
    return { wholeTable: after.wholeTable - before.wholeTable, rows: after.rows - before.rows };
  });
}

async function transferReads(tx: Tx): Promise<{ wholeTable: number; rows: number }> {
  const [row] = await tx.db.execute<{ whole_table: string; rows: string }>(sql`
    select seq_scan as whole_table, seq_tup_read + idx_tup_fetch as rows
    from pg_stat_xact_user_tables where relname = 'ledger_transfers'`);
  return { wholeTable: Number(row?.whole_table), rows: Number(row?.rows) };
}

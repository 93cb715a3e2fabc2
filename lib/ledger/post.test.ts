import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { money } from "#lib/kernel/money";
import { type AccountCode, accountId, isAccountCode, normalSideOf } from "./accounts.ts";
import { balanceOf, balances } from "./balance.ts";
import { checkInvariants } from "./check.ts";
import { type Posting, post, postMany, reversal } from "./post.ts";
import { move, type TestBooks, testBooks, untilWaiting } from "./testing.ts";

let books: TestBooks;
beforeAll(async () => {
  books = await testBooks();
});
afterAll(() => books.close());

const paid: Posting = {
  reference: "payment_succeeded:att_1",
  kind: "payment_succeeded",
  orderId: "ord_1",
  occurredAt: new Date("2026-02-28T23:59:59.123Z"),
  transfers: [
    { debit: "channel_clearing:ca_1", credit: "merchant_pending", amount: money(8747n, "CNY") },
    { debit: "channel_clearing:ca_1", credit: "fee_income", amount: money(53n, "CNY") },
  ],
};

const postAs = (ctx: Context, posting: Posting) => ctx.transaction((tx) => post(tx, posting));

it("books a fact with all its transfers, in each account's normal direction", async () => {
  const ctx = await books.openBook();
  expect(await postAs(ctx, paid)).toBe(true);
  expect(await ctx.transaction((tx) => balances(tx))).toEqual([
    { code: "channel_clearing:ca_1", currency: "CNY", balance: 8800n },
    { code: "fee_income", currency: "CNY", balance: 53n },
    { code: "merchant_pending", currency: "CNY", balance: 8747n },
  ]);
  const rows = await books.owner`
    select reference, kind, order_id, occurred_at from ledger_transactions where merchant_id = ${ctx.merchantId}`;
  expect(rows).toEqual([
    { reference: paid.reference, kind: paid.kind, order_id: paid.orderId, occurred_at: paid.occurredAt },
  ]);
  expect(await ctx.transaction(checkInvariants)).toEqual([]);
});

it("books a fact once, however often it is posted, alone or in a batch", async () => {
  const ctx = await books.openBook();
  const other = move("refund_accepted:re_1", "merchant_pending", "refund_in_transit", 100n);
  expect(await postAs(ctx, paid)).toBe(true);
  expect(await postAs(ctx, paid)).toBe(false);
  expect(await ctx.transaction((tx) => postMany(tx, [paid, other, other]))).toEqual([other.reference]);
  expect(await ctx.transaction((tx) => balanceOf(tx, "merchant_pending", "CNY"))).toBe(8647n);
});

it("books a fact once when two transactions post it at the same time", async () => {
  const ctx = await books.openBook();
  const first = Promise.withResolvers<void>();
  const firstPosted = Promise.withResolvers<void>();
  const winner = ctx.transaction(async (tx) => {
    const booked = await post(tx, paid);
    firstPosted.resolve();
    await first.promise;
    return booked;
  });
  await firstPosted.promise;
  const loser = postAs(ctx, paid);
  await untilWaiting(books.owner, 1);
  first.resolve();
  expect(await Promise.all([winner, loser])).toEqual([true, false]);
  expect(await ctx.transaction((tx) => balanceOf(tx, "fee_income", "CNY"))).toBe(53n);
});

it("books a fact whose first transaction rolled back, accounts included", async () => {
  const ctx = await books.openBook();
  const failing = ctx.transaction(async (tx) => {
    await post(tx, paid);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await postAs(ctx, paid)).toBe(true);
  expect(await ctx.transaction(checkInvariants)).toEqual([]);
});

it("leaves out amounts of zero, and books nothing when nothing is left", async () => {
  const ctx = await books.openBook();
  const free = { ...paid, transfers: paid.transfers.map((t) => ({ ...t, amount: money(0n, "CNY") })) };
  expect(await postAs(ctx, free)).toBe(false);
  const noFee = { ...paid, transfers: [...paid.transfers.slice(0, 1), ...free.transfers.slice(1)] };
  expect(await postAs(ctx, noFee)).toBe(true);
  const rows = await books.owner`select 1 from ledger_transfers where merchant_id = ${ctx.merchantId}`;
  expect(rows).toHaveLength(1);
});

it.each<[string, Posting]>([
  ["a negative amount", move("a:1", "bank:1", "suspense", -1n)],
  ["an account to itself", move("a:2", "suspense", "suspense", 1n)],
  ["an account outside the chart", move("a:3", "petty_cash" as AccountCode, "suspense", 1n)],
  ["a family without a member", move("a:4", "bank:", "suspense", 1n)],
  ["a reference with a blank", move("a 5", "bank:1", "suspense", 1n)],
])("refuses %s", async (_what, posting) => {
  const ctx = await books.openBook();
  await expect(postAs(ctx, posting)).rejects.toThrow(RangeError);
});

it("undoes a posting by its reversal, once", async () => {
  const ctx = await books.openBook();
  await postAs(ctx, paid);
  expect(await postAs(ctx, reversal(paid))).toBe(true);
  expect(await postAs(ctx, reversal(paid))).toBe(false);
  const left = await ctx.transaction((tx) => balances(tx));
  expect(left.map(({ balance }) => balance)).toEqual([0n, 0n, 0n]);
});

it("keeps test and live apart, and one merchant's book from another's", async () => {
  const [ctx, other] = [await books.openBook(), await books.openBook()];
  const live = ctx.with({ livemode: true });
  expect(await postAs(ctx, paid)).toBe(true);
  expect(await postAs(live, paid)).toBe(true);
  expect(await postAs(other, paid)).toBe(true);
  for (const book of [ctx, live, other]) {
    expect(await book.transaction((tx) => balanceOf(tx, "fee_income", "CNY"))).toBe(53n);
  }
  const seen = await ctx.transaction((tx) => tx.db.execute(sql`select distinct merchant_id from ledger_transfers`));
  expect(seen).toHaveLength(1);
});

it.each([
  ["change a transfer", "update ledger_transfers set amount = amount + 1"],
  ["delete a transfer", "delete from ledger_transfers"],
  ["change a transaction", "update ledger_transactions set kind = 'other'"],
  ["delete a transaction", "delete from ledger_transactions"],
  ["change a seal", "update ledger_seals set hash = ''"],
  ["delete a seal", "delete from ledger_seals"],
  ["empty the book", "truncate ledger_transfers"],
])("does not let the app %s", async (_what, statement) => {
  const ctx = await books.openBook();
  await postAs(ctx, paid);
  const attempt = ctx.transaction((tx) => tx.db.execute(sql.raw(statement)));
  await expect(attempt).rejects.toMatchObject({ cause: { message: expect.stringContaining("permission denied") } });
});

it("derives an account's id from mode, code and currency", async () => {
  const { merchantId } = await books.openBook();
  const ids = [
    accountId(merchantId, false, "suspense", "CNY"),
    accountId(merchantId, true, "suspense", "CNY"),
    accountId(merchantId, false, "suspense", "JPY"),
    accountId(merchantId, false, "fee_income", "CNY"),
  ];
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(new RegExp(`^la_${merchantId.slice(4)}[0-9a-hjkmnp-tv-z]{20}$`));
  expect(accountId(merchantId, false, "suspense", "CNY")).toBe(ids[0]);
});

it("knows the chart of accounts and its sides", () => {
  expect(isAccountCode("split_payable:rcv_1")).toBe(true);
  expect(isAccountCode("split_payable")).toBe(false);
  expect(isAccountCode("toString")).toBe(false);
  expect(normalSideOf("bank:citic")).toBe("debit");
  expect(normalSideOf("merchant_available")).toBe("credit");
});

import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { balanceOf, balances, lockedBalance } from "./balance.ts";
import { checkInvariants } from "./check.ts";
import { foldCheckpoints } from "./checkpoint.ts";
import { post, postMany } from "./post.ts";
import { accountStatement } from "./statement.ts";
import { move, type TestBooks, testBooks, untilWaiting } from "./testing.ts";
import { trialBalance } from "./trial-balance.ts";

let books: TestBooks;
beforeAll(async () => {
  books = await testBooks();
});
afterAll(() => books.close());

async function bookWith(available: bigint): Promise<Context> {
  const ctx = await books.openBook();
  await ctx.transaction((tx) => post(tx, move("top_up:1", "bank:1", "merchant_available", available)));
  return ctx;
}

const withdraw = (ctx: Context, name: string, amount: bigint, beforeCommit?: () => Promise<void>) =>
  ctx.transaction(async (tx) => {
    if ((await lockedBalance(tx, "merchant_available", "CNY")) < amount) return false;
    await post(tx, move(`withdrawal:${name}`, "merchant_available", "payout_in_transit", amount));
    await beforeCommit?.();
    return true;
  });

it("makes the second of two covered debits wait for the first and see what it left", async () => {
  const ctx = await bookWith(1000n);
  const hold = Promise.withResolvers<void>();
  const posted = Promise.withResolvers<void>();
  const first = withdraw(ctx, "a", 700n, () => {
    posted.resolve();
    return hold.promise;
  });
  await posted.promise;
  const second = withdraw(ctx, "b", 700n);
  await untilWaiting(books.owner, 1);
  hold.resolve();
  expect(await Promise.all([first, second])).toEqual([true, false]);
  expect(await ctx.transaction((tx) => balanceOf(tx, "merchant_available", "CNY"))).toBe(300n);
});

it("never overdraws when many covered debits race, on an account that the first of them opens", async () => {
  const ctx = await books.openBook();
  const none = await Promise.all([1, 2, 3, 4].map((n) => withdraw(ctx, `early-${n}`, 1n)));
  expect(none).toEqual([false, false, false, false]);
  await ctx.transaction((tx) => post(tx, move("top_up:1", "bank:1", "merchant_available", 1000n)));
  const results = await Promise.all(Array.from({ length: 24 }, (_, n) => withdraw(ctx, String(n), 150n)));
  expect(results.filter(Boolean)).toHaveLength(6);
  expect(await ctx.transaction(checkInvariants)).toEqual([]);
});

it("does not make a plain posting wait for a locked account", async () => {
  const ctx = await bookWith(1000n);
  await ctx.transaction(async (tx) => {
    expect(await lockedBalance(tx, "merchant_available", "CNY")).toBe(1000n);
    const other = ctx.transaction((also) => post(also, move("top_up:2", "bank:1", "merchant_available", 5n)));
    expect(await other).toBe(true);
  });
});

it("sees the postings of its own transaction, and nothing of an account that was never posted to", async () => {
  const ctx = await bookWith(1000n);
  await ctx.transaction(async (tx) => {
    await post(tx, move("fee:1", "merchant_available", "fee_income", 10n));
    expect(await balanceOf(tx, "merchant_available", "CNY")).toBe(990n);
    expect(await balanceOf(tx, "merchant_available", "USD")).toBe(0n);
    expect(await balanceOf(tx, "merchant_frozen", "CNY")).toBe(0n);
  });
});

it("lists one currency's accounts when asked to", async () => {
  const ctx = await bookWith(1000n);
  await ctx.transaction((tx) => post(tx, move("top_up:jpy", "bank:1", "merchant_available", 77n, "JPY")));
  expect(await ctx.transaction((tx) => balances(tx, "JPY"))).toEqual([
    { code: "bank:1", currency: "JPY", balance: 77n },
    { code: "merchant_available", currency: "JPY", balance: 77n },
  ]);
});

it("leaves transfers younger than a transaction may live out of a checkpoint", async () => {
  const ctx = await bookWith(1000n);
  expect(await foldCheckpoints(ctx)).toBe(0);
  await ageBook(ctx, "14 seconds");
  expect(await foldCheckpoints(ctx)).toBe(0);
  await ageBook(ctx, "2 seconds");
  expect(await foldCheckpoints(ctx)).toBe(1);
});

it("does not fold past an open transaction, however long it lives", async () => {
  const ctx = await bookWith(1000n);
  await ageBook(ctx, "1 second");
  const hold = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const slow = ctx.transaction(async (tx) => {
    await post(tx, move("slow:1", "bank:1", "merchant_available", 1n));
    opened.resolve();
    await hold.promise;
  });
  await opened.promise;
  await ctx.transaction((tx) => post(tx, move("quick:1", "bank:1", "merchant_available", 2n)));
  expect(await foldCheckpoints(ctx, { minimumAgeMs: 0 })).toBe(1);
  hold.resolve();
  await slow;
  let folded = 0;
  while (folded < 2) folded += await foldCheckpoints(ctx, { minimumAgeMs: 0 });
  expect(folded).toBe(2);
  expect(await ctx.transaction(checkInvariants)).toEqual([]);
});

it("keeps the last two checkpoints of an account, and folds the same when runs overlap", async () => {
  const ctx = await books.openBook();
  for (let round = 1; round <= 4; round++) {
    await ctx.transaction((tx) => post(tx, move(`top_up:${round}`, "bank:1", "suspense", BigInt(round))));
    await ageBook(ctx, "20 seconds");
    await Promise.all([foldCheckpoints(ctx), foldCheckpoints(ctx), foldCheckpoints(ctx)]);
  }
  const kept = await books.owner<{ sums: string[] }[]>`
    select array_agg(debits + credits order by through) as sums from ledger_checkpoints
    where merchant_id = ${ctx.merchantId} group by account_id`;
  expect(kept.map(({ sums }) => sums.map(Number))).toEqual([
    [6, 10],
    [6, 10],
  ]);
  expect(await ctx.transaction(checkInvariants)).toEqual([]);
});

it("pages through an account's statement with a running balance that goes on from page to page", async () => {
  const ctx = await bookWith(1000n);
  await ageBook(ctx, "1 hour");
  const facts = Array.from({ length: 7 }, (_, n) => move(`fee:${n}`, "merchant_available", "fee_income", 10n));
  await ctx.transaction((tx) => postMany(tx, [...facts, move("top_up:2", "bank:2", "merchant_available", 500n)]));
  for (const folded of [false, true]) {
    if (folded) await foldCheckpoints(ctx, { minimumAgeMs: 0 });
    const pages = await pagesOf(ctx, 3);
    expect(pages.map((page) => page.lines.length)).toEqual([3, 3, 2]);
    expect(pages[0]?.openingBalance).toBe(1000n);
    for (const [n, page] of pages.entries()) {
      if (n > 0) expect(page.openingBalance).toBe(pages[n - 1]?.lines.at(-1)?.balance);
    }
    const lines = pages.flatMap((page) => page.lines);
    expect(lines.at(-1)?.balance).toBe(1430n);
    expect(new Set(lines.map((line) => line.reference)).size).toBe(8);
    const received = lines.find((line) => line.reference === "top_up:2");
    expect(received).toMatchObject({ kind: "test", side: "credit", counterpart: "bank:2", amount: 500n });
  }
});

it("refuses to page a statement from another account's transfer", async () => {
  const ctx = await bookWith(1000n);
  await ctx.transaction((tx) => post(tx, move("other:1", "bank:9", "suspense", 1n)));
  const [row] = await books.owner<{ id: string }[]>`
    select t.id from ledger_transfers t where t.merchant_id = ${ctx.merchantId} and amount = 1`;
  for (const after of [row?.id ?? "", "tf_nonsense"]) {
    const query = { ...thisHour(), code: "merchant_available", currency: "CNY", limit: 10, after } as const;
    await expect(ctx.transaction((tx) => accountStatement(tx, query))).rejects.toMatchObject({
      code: "invalid_cursor",
    });
  }
});

it("gives the trial balance of an earlier moment, before and after what came later was folded", async () => {
  const ctx = await bookWith(1000n);
  await ageBook(ctx, "1 hour");
  const then = new Date(Date.now() - 30 * 60_000);
  await ctx.transaction((tx) => post(tx, move("fee:1", "merchant_available", "fee_income", 10n)));
  const thenBalance = { currency: "CNY", debits: 1000n, credits: 1000n, isBalanced: true };
  for (const folded of [false, true]) {
    if (folded) await foldCheckpoints(ctx, { minimumAgeMs: 0 });
    expect(await ctx.transaction((tx) => trialBalance(tx, then))).toMatchObject([thenBalance]);
    expect(await ctx.transaction((tx) => trialBalance(tx))).toMatchObject([
      {
        debits: 1010n,
        credits: 1010n,
        isBalanced: true,
        accounts: [
          { code: "bank:1", debits: 1000n, credits: 0n, balance: 1000n },
          { code: "fee_income", debits: 0n, credits: 10n, balance: 10n },
          { code: "merchant_available", debits: 10n, credits: 1000n, balance: 990n },
        ],
      },
    ]);
  }
});

/** Moves the book's whole past further back, as if time had gone by. */
async function ageBook(ctx: Context, by: string): Promise<void> {
  const { owner } = books;
  await owner`update ledger_transfers set created_at = created_at - ${by}::interval where merchant_id = ${ctx.merchantId}`;
  await owner`update ledger_checkpoints set through = through - ${by}::interval where merchant_id = ${ctx.merchantId}`;
}

function thisHour(): { from: Date; to: Date } {
  const now = Date.now();
  return { from: new Date(now - 30 * 60_000), to: new Date(now + 30 * 60_000) };
}

async function pagesOf(ctx: Context, limit: number) {
  const pages = [];
  let after: string | undefined;
  for (let page = 0; page < 10; page++) {
    const statement = await ctx.transaction((tx) =>
      accountStatement(tx, {
        ...thisHour(),
        code: "merchant_available",
        currency: "CNY",
        limit,
        ...(after && { after }),
      }),
    );
    pages.push(statement);
    if (!statement.hasMore) return pages;
    after = statement.lines.at(-1)?.transferId;
  }
  throw new Error("the statement has no end");
}

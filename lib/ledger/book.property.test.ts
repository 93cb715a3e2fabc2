import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { money } from "#lib/kernel/money";
import { type AccountCode, normalSideOf } from "./accounts.ts";
import { balanceOf, balances } from "./balance.ts";
import { checkInvariants } from "./check.ts";
import { foldCheckpoints } from "./checkpoint.ts";
import { type Posting, post, postMany } from "./post.ts";
import { sealTransfers, verifySeals } from "./seal.ts";
import { type TestBooks, testBooks } from "./testing.ts";
import { trialBalance } from "./trial-balance.ts";

let books: TestBooks;
beforeAll(async () => {
  books = await testBooks();
});
afterAll(() => books.close());

const codes = [
  "merchant_pending",
  "merchant_available",
  "fee_income",
  "channel_cost",
  "channel_clearing:ca_1",
  "channel_clearing:ca_2",
  "bank:1",
  "split_payable:rcv_1",
] as const satisfies readonly AccountCode[];
const currencies = ["CNY", "JPY"] as const;

const transfers = fc.array(
  fc
    .record({
      debit: fc.constantFrom(...codes),
      credit: fc.constantFrom(...codes),
      amount: fc.record({ minor: fc.bigInt(0n, 9_999_999_999_999n), currency: fc.constantFrom(...currencies) }),
    })
    .filter(({ debit, credit }) => debit !== credit),
  { minLength: 1, maxLength: 4 },
);
/** Few references, so that facts come twice. */
const posting: fc.Arbitrary<Posting> = fc.record({
  reference: fc.integer({ min: 1, max: 25 }).map((n) => `fact:${n}`),
  kind: fc.constant("fact"),
  transfers,
});
type Step = { postings: Posting[]; asBatch: boolean } | { fold: number } | { seal: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ postings: fc.array(posting, { maxLength: 6 }), asBatch: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ fold: fc.constantFrom(1, 3, 1_000) }) },
  { weight: 1, arbitrary: fc.record({ seal: fc.constantFrom(1, 3, 1_000) }) },
);

/** What the book should say, kept by adding up. */
class NaiveBook {
  readonly references = new Set<string>();
  readonly sums = new Map<string, bigint>();

  book({ reference, transfers }: Posting): void {
    const moved = transfers.filter(({ amount }) => amount.minor > 0n);
    if (moved.length === 0 || this.references.has(reference)) return;
    this.references.add(reference);
    for (const { debit, credit, amount } of moved) {
      this.#add(debit, amount.currency, normalSideOf(debit) === "debit" ? amount.minor : -amount.minor);
      this.#add(credit, amount.currency, normalSideOf(credit) === "credit" ? amount.minor : -amount.minor);
    }
  }

  balance(code: AccountCode, currency: string): bigint {
    return this.sums.get(`${code} ${currency}`) ?? 0n;
  }

  #add(code: AccountCode, currency: string, minor: bigint): void {
    this.sums.set(`${code} ${currency}`, this.balance(code, currency) + minor);
  }
}

async function take(ctx: Context, step: Step, naive: NaiveBook): Promise<void> {
  if ("fold" in step) {
    await foldCheckpoints(ctx, { minimumAgeMs: 0, batchSize: step.fold });
  } else if ("seal" in step) {
    await sealTransfers(ctx, { minimumAgeMs: 0, batchSize: step.seal });
  } else if (step.asBatch) {
    await ctx.transaction((tx) => postMany(tx, step.postings));
    for (const one of step.postings) naive.book(one);
  } else {
    for (const one of step.postings) {
      await ctx.transaction((tx) => post(tx, one));
      naive.book(one);
    }
  }
}

it("holds the naive sums, balances and verifies, whatever is posted, folded and sealed in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const ctx = await books.openBook();
      const naive = new NaiveBook();
      for (const next of steps) await take(ctx, next, naive);

      await ctx.transaction(async (tx) => {
        for (const code of codes) {
          for (const currency of currencies) {
            expect(await balanceOf(tx, code, currency)).toBe(naive.balance(code, currency));
          }
        }
        for (const { code, currency, balance } of await balances(tx)) {
          expect(balance).toBe(naive.balance(code, currency));
        }
        for (const book of await trialBalance(tx)) {
          expect(book.isBalanced).toBe(true);
          for (const { code, balance } of book.accounts) expect(balance).toBe(naive.balance(code, book.currency));
        }
        // Random postings know nothing of cover; everything else must hold.
        const violations = await checkInvariants(tx);
        expect(violations.filter((violation) => !violation.includes("is overdrawn"))).toEqual([]);
      });
      expect((await verifySeals(ctx)).broken).toBeUndefined();
    }),
    { numRuns: 40 },
  );
});

it("keeps every fact once when lanes post at the same time, and keepers fold and seal at the same time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(posting, { minLength: 10, maxLength: 60 }), async (postings) => {
      const ctx = await books.openBook();
      const booked: Posting[] = [];
      const lane = async (mine: Posting[]) => {
        for (const one of mine) if (await ctx.transaction((tx) => post(tx, one))) booked.push(one);
      };
      // No minimum age: a keeper may then run beside other keepers, and not beside somebody who writes.
      const keeper = async () => {
        await foldCheckpoints(ctx, { minimumAgeMs: 0, batchSize: 5 });
        await sealTransfers(ctx, { minimumAgeMs: 0, batchSize: 5 });
      };
      const share = Math.ceil(postings.length / 3);
      for (let start = 0; start < postings.length; start += share) {
        const mine = postings.slice(start, start + share);
        const half = Math.floor(mine.length / 2);
        await Promise.all([lane(mine.slice(0, half)), lane(mine.slice(half))]);
        await Promise.all([keeper(), keeper(), keeper()]);
      }

      const naive = new NaiveBook();
      for (const one of booked) naive.book(one);
      expect(naive.references.size).toBe(booked.length);
      const violations = await ctx.transaction(checkInvariants);
      expect(violations.filter((violation) => !violation.includes("is overdrawn"))).toEqual([]);
      for (const { code, currency, balance } of await ctx.transaction((tx) => balances(tx))) {
        expect(balance).toBe(naive.balance(code, currency));
      }
    }),
    { numRuns: 10 },
  );
});

it("names an overdrawn account", async () => {
  const ctx = await books.openBook();
  const overdraft: Posting = {
    reference: "fact:1",
    kind: "fact",
    transfers: [{ debit: "merchant_available", credit: "suspense", amount: money(5n, "CNY") }],
  };
  await ctx.transaction((tx) => post(tx, overdraft));
  expect(await ctx.transaction(checkInvariants)).toEqual(["merchant_available CNY is overdrawn: -5"]);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { post } from "./post.ts";
import { type StatementPeriod, statementPeriods } from "./statement-periods.ts";
import { move, type TestBooks, testBooks } from "./testing.ts";

let books: TestBooks;
beforeAll(async () => {
  books = await testBooks();
});
afterAll(() => books.close());

/** Books a payment (or, negative, a withdrawal) and says when that was. */
async function booked(ctx: Context, at: string, amount: bigint): Promise<void> {
  const [from, to] =
    amount > 0n ? (["bank:1", "merchant_available"] as const) : (["merchant_available", "bank:1"] as const);
  const size = amount > 0n ? amount : -amount;
  const reference = `${at}:${amount}`;
  await ctx.transaction((tx) => post(tx, move(reference, from, to, size)));
  await books.owner`
    update ledger_transfers set created_at = ${at} where merchant_id = ${ctx.merchantId} and transaction_id = (
      select id from ledger_transactions where merchant_id = ${ctx.merchantId} and reference = ${reference})`;
}

const periods = (ctx: Context, from: string, to: string, by: "day" | "month" = "day", timeZone = "Asia/Shanghai") =>
  ctx.transaction((tx) =>
    statementPeriods(tx, {
      code: "merchant_available",
      currency: "CNY",
      from: new Date(from),
      to: new Date(to),
      by,
      timeZone,
    }),
  );

const told = (rows: readonly StatementPeriod[]) =>
  rows.map(({ start, opening, increase, decrease, closing }) =>
    [start, opening, increase, decrease, closing].join(" "),
  );

it("sums an account by the days of a time zone, each beginning where the one before it ended", async () => {
  const ctx = await books.openBook();
  await booked(ctx, "2026-02-27T10:00:00Z", 500n);
  await booked(ctx, "2026-02-28T15:59:59.999Z", 100n);
  await booked(ctx, "2026-02-28T16:00:00Z", 30n);
  await booked(ctx, "2026-03-01T01:00:00Z", -200n);
  await booked(ctx, "2026-03-05T01:00:00Z", 7n);
  expect(told(await periods(ctx, "2026-02-27T16:00:00Z", "2026-03-31T16:00:00Z"))).toEqual([
    "2026-02-28 500 100 0 600",
    "2026-03-01 600 30 200 430",
    "2026-03-05 430 7 0 437",
  ]);
  expect(told(await periods(ctx, "2026-01-31T16:00:00Z", "2026-03-31T16:00:00Z", "month"))).toEqual([
    "2026-02-01 0 600 0 600",
    "2026-03-01 600 37 200 437",
  ]);
  expect(told(await periods(ctx, "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z", "day", "UTC"))).toEqual([
    "2026-02-28 500 130 0 630",
  ]);
});

it("is empty for an account that never moved, and refuses more than 400 days", async () => {
  const ctx = await books.openBook();
  expect(await periods(ctx, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")).toEqual([]);
  for (const to of ["2027-02-06T00:00:00Z", "2025-12-31T00:00:00Z"]) {
    await expect(periods(ctx, "2026-01-01T00:00:00Z", to)).rejects.toMatchObject({ code: "out_of_range", param: "to" });
  }
});

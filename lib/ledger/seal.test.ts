import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { checkInvariants } from "./check.ts";
import { postMany } from "./post.ts";
import { sealTransfers, verifySeals } from "./seal.ts";
import { move, type TestBooks, testBooks } from "./testing.ts";

let books: TestBooks;
beforeAll(async () => {
  books = await testBooks();
});
afterAll(() => books.close());

const atOnce = { minimumAgeMs: 0 };

/** Three seals of four transfers each. */
async function sealedBook(): Promise<Context> {
  const ctx = await books.openBook();
  for (const round of [1, 2, 3]) {
    const facts = Array.from({ length: 4 }, (_, n) => move(`fact:${round}-${n}`, "bank:1", "suspense", 100n));
    await ctx.transaction((tx) => postMany(tx, facts));
    // A transfer that was rounded up to the next millisecond is still too young for a moment.
    let sealed = 0;
    while (sealed === 0) sealed = await sealTransfers(ctx, atOnce);
    expect(sealed).toBe(4);
  }
  return ctx;
}

it("chains what it seals, and finds an untouched chain whole", async () => {
  const ctx = await sealedBook();
  expect(await sealTransfers(ctx, atOnce)).toBe(0);
  const verified = await verifySeals(ctx);
  expect(verified).toMatchObject({ seals: 3, transfers: 12, broken: undefined });
  const [last] = await books.owner`
    select hash from ledger_seals where merchant_id = ${ctx.merchantId} order by number desc limit 1`;
  expect(verified.head).toBe(last?.hash);
});

it("has the hash that its documented line format gives", async () => {
  const ctx = await books.openBook();
  await ctx.transaction((tx) =>
    postMany(tx, [
      { ...move('fact:"1"', "bank:1", "suspense", 100n), orderId: "ord_1" },
      move("fact:2", "bank:1", "suspense", 7n),
    ]),
  );
  while ((await sealTransfers(ctx, atOnce)) === 0);
  const rows = await books.owner`
    select t.id, t.transaction_id, t.amount::text, t.created_at, x.reference, x.kind, x.order_id, x.occurred_at
    from ledger_transfers t join ledger_transactions x on x.merchant_id = t.merchant_id and x.id = t.transaction_id
    where t.merchant_id = ${ctx.merchantId} order by t.created_at, t.id`;
  const [seal] = await books.owner`select through, hash from ledger_seals where merchant_id = ${ctx.merchantId}`;
  const text = (value: unknown) => JSON.stringify(value);
  const lines = [
    ["globalpaylink-seal-1", ctx.merchantId, false, 1, seal?.through.getTime(), 2, ""].map(text),
    ...rows.map((row) => [
      ...[row.id, row.created_at.getTime(), row.transaction_id, row.reference, row.kind, row.order_id].map(text),
      ...[row.occurred_at.getTime(), "bank:1", "suspense", Number(row.amount), "CNY"].map(text),
    ]),
  ].map((elements) => `[${elements.join(", ")}]`);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines.join("\n")));
  expect(seal?.hash).toBe(Buffer.from(digest).toString("hex"));
});

it.each([
  ["an amount", "hash_differs", `update ledger_transfers set amount = 101 where ID`],
  [
    "the accounts' sides",
    "hash_differs",
    `update ledger_transfers set debit_account_id = credit_account_id, credit_account_id = debit_account_id where ID`,
  ],
  ["a currency", "hash_differs", `update ledger_transfers set currency = 'USD' where ID`],
  ["a reference", "hash_differs", `update ledger_transactions set reference = 'fact:forged' where REF`],
  ["an order", "hash_differs", `update ledger_transactions set order_id = 'ord_forged' where REF`],
  ["when it happened", "hash_differs", `update ledger_transactions set occurred_at = now() where REF`],
  ["a deleted transaction", "hash_differs", `delete from ledger_transactions where REF`],
  ["a deleted transfer", "count_differs", `delete from ledger_transfers where ID`],
  [
    "a smuggled transfer",
    "count_differs",
    `insert into ledger_transfers select merchant_id, 'tf_forged', livemode, transaction_id, debit_account_id, credit_account_id, amount, currency, created_at from ledger_transfers where ID`,
  ],
  ["its own hash", "hash_differs", `update ledger_seals set hash = md5(hash) where number = 2 and merchant_id = 'M'`],
  ["its number", "missing", `delete from ledger_seals where number = 2 and merchant_id = 'M'`],
])("breaks at the link where somebody changed %s", async (_what, reason, statement) => {
  const ctx = await sealedBook();
  const own = `merchant_id = '${ctx.merchantId}'`;
  const reference = `${own} and reference = 'fact:2-1'`;
  const id = `${own} and transaction_id = (select id from ledger_transactions where ${reference})`;
  const changed = await books.owner.unsafe(
    statement.replace("ID", id).replace("REF", reference).replace("'M'", `'${ctx.merchantId}'`),
  );
  expect(changed.count).toBe(1);
  expect((await verifySeals(ctx)).broken).toEqual({ number: 2, reason });
  const violations = await ctx.transaction(checkInvariants);
  expect(violations).toContainEqual(expect.stringContaining("seal 2 does not hold"));
});

it("breaks at the link that a transfer was moved to when somebody antedates it", async () => {
  const ctx = await sealedBook();
  await books.owner`
    update ledger_transfers set created_at = created_at - interval '1 day' where merchant_id = ${ctx.merchantId}
      and transaction_id = (select id from ledger_transactions where merchant_id = ${ctx.merchantId} and reference = 'fact:2-1')`;
  expect((await verifySeals(ctx)).broken).toEqual({ number: 1, reason: "count_differs" });
});

it("breaks at the link where an account was given another meaning", async () => {
  const ctx = await sealedBook();
  await books.owner`
    update ledger_accounts set code = 'fee_income' where merchant_id = ${ctx.merchantId} and code = 'suspense'`;
  expect((await verifySeals(ctx)).broken).toEqual({ number: 1, reason: "hash_differs" });
});

it("breaks at the next link when somebody rewrites a link to fit the rows", async () => {
  const ctx = await sealedBook();
  const { merchantId } = ctx;
  await books.owner`
    update ledger_transfers set amount = 1 where merchant_id = ${merchantId} and transaction_id =
      (select id from ledger_transactions where merchant_id = ${merchantId} and reference = 'fact:2-1')`;
  const [later] = await books.owner`
    delete from ledger_seals where merchant_id = ${merchantId} and number = 3 returning *`;
  await books.owner`delete from ledger_seals where merchant_id = ${merchantId} and number = 2`;
  expect(await sealTransfers(ctx, { ...atOnce, batchSize: 4 })).toBe(8);
  await books.owner`delete from ledger_seals where merchant_id = ${merchantId} and number = 3`;
  await books.owner`insert into ledger_seals ${books.owner(later ?? {})}`;
  expect((await verifySeals(ctx)).broken).toEqual({ number: 3, reason: "hash_differs" });
});

it("seals each transfer once when two runs overlap", async () => {
  const ctx = await books.openBook();
  const facts = Array.from({ length: 30 }, (_, n) => move(`fact:${n}`, "bank:1", "suspense", 1n));
  for (const fact of facts) await ctx.transaction((tx) => postMany(tx, [fact]));
  const options = { ...atOnce, batchSize: 3 };
  await Promise.all([sealTransfers(ctx, options), sealTransfers(ctx, options), sealTransfers(ctx, options)]);
  let rest = 1;
  while (rest > 0) rest = await sealTransfers(ctx, options);
  const verified = await verifySeals(ctx);
  expect(verified.broken).toBeUndefined();
  const [row] = await books.owner`
    select sum(transfer_count)::int as sealed from ledger_seals where merchant_id = ${ctx.merchantId}`;
  expect(row?.sealed).toBe(verified.transfers);
});

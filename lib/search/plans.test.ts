import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tx } from "#db/tenancy";
import { idPrefixes, merchantKeyOf } from "#lib/kernel/ids";
import { listOrders, type OrderFilter } from "#lib/orders/store";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { search } from "./search.ts";

const orderCount = 20_000;

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
  await fill();
}, 120_000);
afterAll(() => platform.end());

/** Rows as the product writes them, only faster: mostly paid, one in a thousand of everything that is rare. */
async function fill(): Promise<void> {
  const { owner } = platform;
  const { merchantId } = merchant;
  const start = `${idPrefixes.order}_${merchantKeyOf(merchantId)}`;
  await owner`
    insert into orders (merchant_id, id, livemode, merchant_order_no, amount, currency, subject, capture_method, metadata,
      status, expires_at, created_at)
    select ${merchantId}, ${start} || lpad(n::text, 20, '0'), false, 'SO-' || n, 100 + n % 5000,
      case when n % 1000 = 1 then 'JPY' else 'CNY' end, 'Tea', 'automatic', '{}',
      case when n % 1000 = 2 then 'authorized' else 'paid' end, now(), now()
    from generate_series(1, ${orderCount}) n`;
  await owner`
    insert into order_facts (merchant_id, livemode, order_id, amount, currency, method, channel)
    select merchant_id, livemode, id, amount, currency, case when amount % 1000 = 3 then 'card' else 'alipay' end,
      case when amount % 1000 = 3 then 'stripe' else 'alipay' end
    from orders where merchant_id = ${merchantId}`;
  await owner`
    insert into search_terms (merchant_id, livemode, term, kind, object_id, order_id)
    select merchant_id, livemode, t.term, t.kind, id, id
    from orders cross join lateral (values (lower(merchant_order_no), 'order_no'),
      ('shopper' || substr(id, 28) || '@example.com', 'email')) as t(term, kind)
    where merchant_id = ${merchantId}`;
  await owner`analyze orders, order_facts, search_terms`;
}

const tables = ["orders", "refunds", "order_facts", "search_terms"];

/** What some work reads of these tables: scans of a whole one, and rows. */
async function readsOf(work: (tx: Tx) => Promise<unknown>) {
  return merchant.ctx.transaction(async (tx) => {
    // The counters also hold what the connection's last transactions have not reported yet.
    const before = await reads(tx);
    const found = await work(tx);
    const after = await reads(tx);
    return { found, wholeTables: after.wholeTables - before.wholeTables, rows: after.rows - before.rows };
  });
}

async function reads(tx: Tx): Promise<{ wholeTables: number; rows: number }> {
  const [row] = await tx.db.execute<{ whole_tables: string; rows: string }>(sql`
    select sum(seq_scan) as whole_tables, sum(seq_tup_read + idx_tup_fetch) as rows
    from pg_stat_xact_user_tables where relname in ${tables}`);
  return { wholeTables: Number(row?.whole_tables), rows: Number(row?.rows) };
}

const limit = 25;
/** Of twenty thousand orders; a page and what is passed over to fill it. */
const mostRows = 400;

const rare: OrderFilter = { method: "card" };
const filters: [string, OrderFilter][] = [
  ["nothing", {}],
  ["a common state", { status: "paid" }],
  ["a rare state", { status: "authorized" }],
  ["a state that no order is in", { status: "closed" }],
  ["an order number", { merchantOrderNo: "SO-17" }],
  ["a rare method", rare],
  ["a common method", { method: "alipay" }],
  ["a rare channel", { channel: "stripe" }],
  ["a rare currency", { currency: "JPY" }],
  ["a narrow range of amounts", { amountMin: 4000n, amountMax: 4003n }],
  ["a wide range of amounts", { amountMin: 1n, amountMax: 1_000_000n }],
  ["a shopper", { shopper: "shopper00017@example.com" }],
  ["a shopper that nobody knows", { shopper: "+4915112345678" }],
  ["a rare method and a wide range", { ...rare, amountMin: 1n, amountMax: 1_000_000n }],
  ["a rare method and a common state", { ...rare, status: "paid" }],
  ["a rare state and a common method", { status: "authorized", method: "alipay" }],
  ["a shopper, a state and a method", { shopper: "shopper00017@example.com", status: "paid", method: "alipay" }],
];

describe("a page of orders", () => {
  it.each(filters)("reads about as many rows as it shows when filtered by %s", async (_by, filter) => {
    const { wholeTables, rows } = await readsOf((tx) => listOrders(tx, { ...filter, limit }));
    expect(wholeTables).toBe(0);
    expect(rows).toBeLessThanOrEqual(mostRows);
  });

  it("finds what the filters name and nothing else", async () => {
    const found = async (filter: OrderFilter) =>
      (await merchant.ctx.transaction((tx) => listOrders(tx, { ...filter, limit: 100 }))).map(
        (one) => one.merchantOrderNo,
      );
    expect(await found({ shopper: " SHOPPER00017@example.com" })).toEqual(["SO-17"]);
    expect(await found({ amountMin: 117n, amountMax: 117n })).toEqual(["SO-15017", "SO-10017", "SO-5017", "SO-17"]);
    expect(await found({ currency: "JPY", amountMax: 200n })).toEqual(["SO-15001", "SO-10001", "SO-5001", "SO-1"]);
    expect(await found({ method: "card", channel: "alipay" })).toEqual([]);
    expect(await found({ status: "authorized" })).toHaveLength(20);
  });
});

describe("a search", () => {
  it.each([
    ["a number", "SO-17"],
    ["the beginning of many numbers", "SO-1"],
    ["an address", "shopper00017@example.com"],
    ["what is nowhere", "no such thing"],
    ["the beginning of an order's id", "ord_"],
    ["an id of another merchant", "ord_zzzzzzzz01kajv4s9b3n5t8cwz2e"],
  ])("reads a handful of rows for %s", async (_what, text) => {
    const { wholeTables, rows } = await readsOf((tx) => search(tx, { text, limit: 8, canSeeRefunds: true }));
    expect(wholeTables).toBe(0);
    expect(rows).toBeLessThanOrEqual(50);
  });
});

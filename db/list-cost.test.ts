import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEvents } from "#lib/events/store";
import { newId } from "#lib/kernel/ids";
import { listTransactions } from "#lib/ledger/list-transactions";
import { listOrders } from "#lib/orders/store";
import { listRefunds } from "#lib/refunds/store";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";
import { sessionOf } from "./client.ts";
import { type Context, openContext, type Tx } from "./tenancy.ts";

/** What a list stores of a merchant here; a page of it shows 25. */
const stored = 20_000;
const limit = 25;
/** Pages of 8 KB that a list may touch; reading everything touches several times as many. */
const mostPages = 100;
const hourMs = 3_600_000;
const from = new Date("2024-01-01T00:00:00Z");

let platform: Platform;
let app: postgres.Sql;
let ctx: Context;
const asked: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  platform = await startPlatform();
  const shop = await platform.merchant({}, ["wechatpay"]);
  const order = await paidOrder(platform, shop.ctx);
  await refund(shop.ctx, order.id, 100);
  await platform.settle();
  for (const table of ["orders", "refunds", "ledger_transactions", "events"] as const) {
    await multiply(platform.owner, table, shop.merchantId);
  }
  await platform.owner`analyze`;
  app = postgres(platform.database.appUrl, { max: 1, onnotice: () => {} });
  const db = drizzle(app, { logger: { logQuery: (query, params) => asked.push({ query, params }) } });
  const actor = { type: "system", id: "test" } as const;
  ctx = openContext({ merchantId: shop.merchantId, livemode: false, actor, requestId: "req_lists", db });
}, 120_000);
afterAll(async () => {
  await app.end();
  await platform.end();
});

const past = { orders: "order", refunds: "refund", ledger_transactions: "ledgerTransaction", events: "event" } as const;
const unique = {
  orders: { column: "merchant_order_no", value: "'N-' || n" },
  refunds: { column: "merchant_refund_no", value: "'N-' || n" },
  ledger_transactions: { column: "reference", value: "'N-' || n" },
  events: { column: "sequence", value: "1000 + n" },
} as const;

/** Older copies of a row that is there, one an hour. */
async function multiply(owner: postgres.Sql, table: keyof typeof past, merchantId: string): Promise<void> {
  const ids = Array.from({ length: stored }, (_, n) => newId(past[table], merchantId, from.getTime() + n * hourMs));
  const { column, value } = unique[table];
  const columns = await owner<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and column_name not in ('id', 'created_at', ${column})
      and is_generated = 'NEVER'`;
  const others = columns.map(({ name }) => name).join(", ");
  await owner.unsafe(
    `insert into ${table} (id, created_at, ${column}, ${others})
    select old.id, timestamptz '${from.toISOString()}' + (n - 1) * interval '1 hour', ${value}, ${others.replaceAll(/\w+/g, "model.$&")}
    from (select * from ${table} where merchant_id = $1 order by id limit 1) model,
      unnest($2::text[]) with ordinality old (id, n)`,
    [merchantId, ids],
  );
}

interface Explained {
  readonly "QUERY PLAN": [{ Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number } }];
}

/** How many pages of the database the last question of `list` touches. */
async function pagesTouched(list: (tx: Tx) => Promise<readonly unknown[]>): Promise<number> {
  return ctx.transaction(async (tx) => {
    await list(tx);
    const last = asked.at(-1);
    if (!last) throw new Error("nothing was asked");
    const [row] = await sessionOf(tx.db).unsafe<Explained[]>(
      `explain (analyze, buffers, format json) ${last.query}`,
      last.params as never,
    );
    const plan = row?.["QUERY PLAN"][0].Plan;
    if (!plan) throw new Error("nothing was explained");
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  });
}

const period = { createdFrom: from, createdTo: new Date(from.getTime() + 5 * hourMs) };

describe.each<[string, Record<string, (tx: Tx) => Promise<readonly unknown[]>>]>([
  [
    "orders",
    {
      all: (tx) => listOrders(tx, { limit }),
      "a common state": (tx) => listOrders(tx, { limit, status: "partially_refunded" }),
      "a state that none is in": (tx) => listOrders(tx, { limit, status: "authorized" }),
      "a number": (tx) => listOrders(tx, { limit, merchantOrderNo: "N-77" }),
      "a shopper": (tx) => listOrders(tx, { limit, shopper: "nobody@shop.example" }),
      "a method that none has": (tx) => listOrders(tx, { limit, method: "card" }),
      "a period": (tx) => listOrders(tx, { limit, ...period }),
    },
  ],
  [
    "refunds",
    {
      all: (tx) => listRefunds(tx, { limit }),
      "a state that none is in": (tx) => listRefunds(tx, { limit, status: "failed" }),
      "a source that none has": (tx) => listRefunds(tx, { limit, source: "late" }),
      "a number": (tx) => listRefunds(tx, { limit, merchantRefundNo: "N-77" }),
      "a period": (tx) => listRefunds(tx, { limit, ...period }),
    },
  ],
  [
    "ledger_transactions",
    {
      all: (tx) => listTransactions(tx, { limit }),
      "a kind that none is of": (tx) => listTransactions(tx, { limit, kind: "refund_bounced" }),
      "an order that has none": (tx) => listTransactions(tx, { limit, orderId: "ord_none" }),
    },
  ],
  [
    "events",
    {
      all: (tx) => listEvents(tx, { limit }),
      "a type that none is of": (tx) => listEvents(tx, { limit, type: "attempt.failed" }),
    },
  ],
])("a page of %s, however many there are, touches few pages of the database", (table, lists) => {
  it("as reading all of them does not", async () => {
    const all = await pagesTouched((tx) => tx.db.execute(`select * from ${table}`));
    expect(all).toBeGreaterThan(3 * mostPages);
  });

  it.each(Object.entries(lists))("%s", async (_, list) => {
    expect(await pagesTouched(list)).toBeLessThan(mostPages);
  });
});

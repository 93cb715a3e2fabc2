import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#lib/kernel/ids";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { orders } from "./schema/orders.ts";
import { rowOf, statement, updateStatement } from "./statement.ts";

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
});
afterAll(() => platform.end());

type Order = typeof orders.$inferSelect;

const insert = statement((db, value: Order) =>
  db.insert(orders).values(rowOf(orders, value)).onConflictDoNothing().returning({ id: orders.id }),
);
const select = statement((db, value: { merchantId: string; id: string }) =>
  db
    .select()
    .from(orders)
    .where(and(eq(orders.merchantId, value.merchantId), eq(orders.id, value.id))),
);
const change = updateStatement(orders, ["merchantId", "id", "status"]);

function newOrder(merchantOrderNo: string, own: Partial<Order> = {}): Order {
  const { merchantId } = merchant;
  return {
    merchantId,
    id: newId("order", merchantId),
    livemode: false,
    merchantOrderNo,
    amount: 9_007_199_254_740_993n,
    currency: "CNY",
    subject: "茶 'tea' $1",
    description: null,
    items: null,
    methods: ["card"],
    captureMethod: "automatic",
    customer: null,
    metadata: { basket: "7" },
    returnUrl: null,
    status: "pending",
    amountCaptured: 0n,
    amountRefundReserved: 0n,
    amountRefunded: 0n,
    latestAttemptId: null,
    expiresAt: new Date("2026-11-21T08:30:00.123Z"),
    paidAt: null,
    closedAt: null,
    createdAt: new Date("2026-11-21T08:00:00.001Z"),
    updatedAt: null,
    ...own,
  };
}

describe("a statement that is put into words once", () => {
  it("writes and reads a row as it was given, and as Drizzle itself reads it", async () => {
    const order = newOrder("round-trip");
    const [mine, drizzles] = await merchant.ctx.transaction(async (tx) => {
      await insert(tx, order);
      const found = await tx.db.select().from(orders).where(eq(orders.id, order.id));
      return [await select(tx, order), found];
    });
    expect(mine).toEqual([order]);
    expect(mine).toEqual(drizzles);
  });

  it("writes a missing document as no value, not as the document null", async () => {
    const order = newOrder("null-document");
    const [row] = await merchant.ctx.transaction(async (tx) => {
      await insert(tx, order);
      return tx.db.execute(sql`select items is null as is_null from orders where id = ${order.id}`);
    });
    expect(row).toEqual({ is_null: true });
  });

  it("brings new values at each call, and no row where none fits", async () => {
    const [first, second] = [newOrder("first"), newOrder("second", { metadata: {}, methods: null })];
    await merchant.ctx.transaction(async (tx) => {
      expect(await insert(tx, first)).toEqual([{ id: first.id }]);
      expect(await insert(tx, second)).toEqual([{ id: second.id }]);
      expect(await insert(tx, { ...newOrder("second") })).toEqual([]);
      expect((await select(tx, first))[0]?.merchantOrderNo).toBe("first");
      expect((await select(tx, second))[0]?.merchantOrderNo).toBe("second");
      expect(await select(tx, { ...first, id: "ord_none" })).toEqual([]);
    });
  });

  it("says what the server refused", async () => {
    const refused = merchant.ctx.transaction((tx) => insert(tx, newOrder("negative", { amount: -1n })));
    await expect(refused).rejects.toMatchObject({ cause: { constraint_name: "orders_amount_positive" } });
  });
});

describe("a change of a row", () => {
  it("sets just the columns that are given, whichever they are", async () => {
    const order = newOrder("change");
    await merchant.ctx.transaction(async (tx) => {
      await insert(tx, order);
      const paidAt = new Date("2026-11-21T08:10:00Z");
      expect(await change(tx, order, { status: "processing", closedAt: undefined })).toEqual([
        { ...order, status: "processing" },
      ]);
      const processing = { ...order, status: "processing" } as const;
      expect(await change(tx, processing, { amountCaptured: 5n, paidAt })).toEqual([
        { ...processing, amountCaptured: 5n, paidAt },
      ]);
      expect(await change(tx, processing, { paidAt: null })).toEqual([{ ...processing, amountCaptured: 5n }]);
    });
  });

  it("changes nothing when the row is no longer what it was", async () => {
    const order = newOrder("stale");
    await merchant.ctx.transaction(async (tx) => {
      await insert(tx, order);
      await change(tx, order, { status: "closed" });
      expect(await change(tx, order, { status: "paid" })).toEqual([]);
    });
  });

  it("of another merchant is not seen", async () => {
    const other = await platform.merchant({}, []);
    const order = newOrder("foreign");
    await merchant.ctx.transaction((tx) => insert(tx, order));
    expect(await other.ctx.transaction((tx) => change(tx, order, { status: "closed" }))).toEqual([]);
    expect(await other.ctx.transaction((tx) => select(tx, order))).toEqual([]);
  });
});

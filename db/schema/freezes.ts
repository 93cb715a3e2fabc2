import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, currency, instant, livemode, merchantId, minorUnits } from "./columns.ts";
import { orders } from "./orders.ts";

/** Money of an order that the platform holds back while something about it is being looked into. */
export const orderFreezes = pgTable(
  "order_freezes",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    orderId: text("order_id").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: currency(),
    /** The balance that it was taken from and goes back to. */
    fundedFrom: text("funded_from", { enum: ["merchant_pending", "merchant_available"] }).notNull(),
    reason: text("reason").notNull(),
    createdAt: createdAt(),
    releasedAt: instant("released_at"),
    isReleased: boolean("is_released").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.orderId],
      foreignColumns: [orders.merchantId, orders.id],
      name: "order_freezes_order",
    }),
    // One at a time: two would hold the same money twice.
    uniqueIndex("order_freezes_open").on(t.merchantId, t.orderId).where(sql`not ${t.isReleased}`),
    index("order_freezes_by_order").on(t.merchantId, t.orderId, t.id),
  ],
);

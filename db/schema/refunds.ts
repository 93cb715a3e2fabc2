import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, currency, instant, livemode, merchantId, minorUnits } from "./columns.ts";
import { attempts, orders } from "./orders.ts";

export const refundStatuses = ["pending", "processing", "succeeded", "failed"] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** Money on its way back to the shopper. Its id is our reference and idempotency key at the provider. */
export const refunds = pgTable(
  "refunds",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    orderId: text("order_id").notNull(),
    attemptId: text("attempt_id").notNull(),
    merchantRefundNo: text("merchant_refund_no").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: currency(),
    reason: text("reason"),
    status: text("status", { enum: refundStatuses }).notNull(),
    /** The merchant asked, or we give back a second, late or wrong payment on our own. */
    source: text("source", { enum: ["merchant", "surplus", "late", "mismatch"] }).notNull(),
    /** Which liability account the money was reserved from, so that a failure puts it back there. */
    fundedFrom: text("funded_from", { enum: ["merchant_pending", "merchant_available", "suspense"] }).notNull(),
    feeReturned: minorUnits("fee_returned").notNull().default(sql`0`),
    /** How often the channel paid out after all what it had called failed: each round is booked on its own. */
    reversals: integer("reversals").notNull().default(0),
    /** Paid out after its money had gone into other refunds: the sums of order and attempt leave it out. */
    isBeyondOrder: boolean("is_beyond_order").notNull().default(false),
    providerReference: text("provider_reference"),
    failureCode: text("failure_code"),
    tryCount: integer("try_count").notNull().default(0),
    /** When the channel is asked again; of an ended refund only while a notification denies how it ended. */
    nextTryAt: instant("next_try_at"),
    succeededAt: instant("succeeded_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.orderId],
      foreignColumns: [orders.merchantId, orders.id],
      name: "refunds_order",
    }),
    foreignKey({
      columns: [t.merchantId, t.attemptId],
      foreignColumns: [attempts.merchantId, attempts.id],
      name: "refunds_attempt",
    }),
    uniqueIndex("refunds_by_merchant_refund_no").on(t.merchantId, t.livemode, t.merchantRefundNo),
    check("refunds_amount_positive", sql`${t.amount} > 0`),
    index("refunds_newest_first").on(t.merchantId, t.livemode, t.id),
    // What is rare, newest first: nearly all are the merchant's own and succeed.
    index("refunds_by_status").on(t.merchantId, t.livemode, t.status, t.id).where(sql`status <> 'succeeded'`),
    index("refunds_by_source").on(t.merchantId, t.livemode, t.source, t.id).where(sql`source <> 'merchant'`),
    index("refunds_by_order").on(t.merchantId, t.orderId, t.id),
    index("refunds_to_try").on(t.nextTryAt).where(sql`next_try_at is not null`), // sweep of refunds without a final answer
  ],
);

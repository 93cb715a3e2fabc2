import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { channelAccounts } from "./channel-accounts.ts";
import { createdAt, currency, instant, livemode, merchantId, minorUnits } from "./columns.ts";
import { merchants } from "./merchants.ts";

export const orderStatuses = [
  "pending",
  "processing",
  "authorized",
  "paid",
  "partially_refunded",
  "refunded",
  "closed",
  "expired",
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const attemptStatuses = [
  "created",
  "requires_action",
  "processing",
  "unknown",
  "authorized",
  "succeeded",
  "failed",
  "canceled",
] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
  /** Minor units of the order's currency. */
  readonly unit_amount: number;
}

export interface Customer {
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
  /** E.164. */
  readonly phone?: string;
  readonly country?: string;
}

/** A request to be paid. */
export const orders = pgTable(
  "orders",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    merchantOrderNo: text("merchant_order_no").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: currency(),
    subject: text("subject").notNull(),
    description: text("description"),
    items: jsonb("items").$type<OrderItem[]>(),
    /** Undefined: every method that fits. */
    methods: jsonb("methods").$type<string[]>(),
    captureMethod: text("capture_method", { enum: ["automatic", "manual"] }).notNull(),
    customer: jsonb("customer").$type<Customer>(),
    metadata: jsonb("metadata").$type<Record<string, string>>().notNull(),
    returnUrl: text("return_url"),
    status: text("status", { enum: orderStatuses }).notNull(),
    /** Received for this order, surplus payments left out. */
    amountCaptured: minorUnits("amount_captured").notNull().default(sql`0`),
    /** Accepted refunds that have not failed: what may not be refunded again. */
    amountRefundReserved: minorUnits("amount_refund_reserved").notNull().default(sql`0`),
    /** Refunds that the channel has confirmed. */
    amountRefunded: minorUnits("amount_refunded").notNull().default(sql`0`),
    latestAttemptId: text("latest_attempt_id"),
    expiresAt: instant("expires_at").notNull(),
    paidAt: instant("paid_at"),
    closedAt: instant("closed_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "orders_merchant" }),
    uniqueIndex("orders_by_merchant_order_no").on(t.merchantId, t.livemode, t.merchantOrderNo),
    check("orders_amount_positive", sql`${t.amount} > 0`),
    check(
      "orders_refunds_within_captured",
      sql`0 <= ${t.amountRefunded} and ${t.amountRefunded} <= ${t.amountRefundReserved} and ${t.amountRefundReserved} <= ${t.amountCaptured}`,
    ),
    check("orders_captured_within_amount", sql`${t.amountCaptured} <= ${t.amount}`),
    index("orders_newest_first").on(t.merchantId, t.livemode, t.id), // the list, whose ids sort by time
    // Rare states, newest first. Paid is no rare one, and left out it costs the way of an order to it nothing.
    index("orders_by_status").on(t.merchantId, t.livemode, t.status, t.id).where(sql`status <> 'paid'`),
    // Expiry sweep, small: only open orders. The second half keeps the index from an update of one order by its id and
    // status, which would otherwise read through all open orders as soon as the statistics make them look few.
    index("orders_due").on(t.expiresAt).where(sql`status in ('pending', 'processing') and expires_at is not null`),
  ],
);

/** One try to pay an order over one channel. Its id is our reference at the provider. */
export const attempts = pgTable(
  "attempts",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    orderId: text("order_id").notNull(),
    channel: text("channel").notNull(),
    channelAccountId: text("channel_account_id").notNull(),
    method: text("method").notNull(),
    flow: text("flow").notNull(),
    status: text("status", { enum: attemptStatuses }).notNull(),
    amount: minorUnits("amount").notNull(),
    currency: currency(),
    captureMethod: text("capture_method", { enum: ["automatic", "manual"] }).notNull(),
    /** What the shopper must do next, while the status is requires_action (lib/channels/channel.ts). */
    action: jsonb("action").$type<Record<string, unknown>>(),
    /** What the adapter needs to repeat the call after a crash: device, wallet, language; never a card token. */
    shopper: jsonb("shopper").$type<Record<string, string>>().notNull(),
    providerReference: text("provider_reference"),
    declineReason: text("decline_reason"),
    providerCode: text("provider_code"),
    details: jsonb("details").$type<Record<string, string>>(),
    amountReceived: minorUnits("amount_received").notNull().default(sql`0`),
    amountRefundReserved: minorUnits("amount_refund_reserved").notNull().default(sql`0`),
    fee: minorUnits("fee").notNull().default(sql`0`),
    /** Whether the money counts toward the order, or came too late, twice, or in a wrong amount. */
    disposition: text("disposition", { enum: ["order", "surplus", "late", "mismatch"] }),
    /** A capture or a void that was asked of the provider and has no answer yet. */
    pendingOperation: text("pending_operation", { enum: ["capture", "void"] }),
    operationAmount: minorUnits("operation_amount"),
    queryCount: integer("query_count").notNull().default(0),
    nextQueryAt: instant("next_query_at"),
    alert: boolean("alert").notNull().default(false),
    succeededAt: instant("succeeded_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.orderId],
      foreignColumns: [orders.merchantId, orders.id],
      name: "attempts_order",
    }),
    foreignKey({
      columns: [t.merchantId, t.channelAccountId],
      foreignColumns: [channelAccounts.merchantId, channelAccounts.id],
      name: "attempts_channel_account",
    }),
    check(
      "attempts_refunds_within_received",
      sql`0 <= ${t.amountRefundReserved} and ${t.amountRefundReserved} <= ${t.amountReceived}`,
    ),
    index("attempts_by_order").on(t.merchantId, t.orderId, t.id),
    index("attempts_to_query").on(t.nextQueryAt).where(sql`next_query_at is not null`), // sweep of unknown and overdue attempts
  ],
);

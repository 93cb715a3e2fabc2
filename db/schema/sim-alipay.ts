import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { sim } from "./sim.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** An app at the simulated Alipay, with the seller that owns it. Rows never change, so that processes may cache them. */
export const alipayAccounts = sim.table("alipay_accounts", {
  appId: text("app_id").primaryKey(),
  sellerId: text("seller_id").notNull(),
  /** Shown to the shopper as the payee. */
  label: text("label").notNull(),
  /** SPKI PEM; the app keeps the private half. */
  appPublicKey: text("app_public_key").notNull(),
  /** PKCS8 PEM; signs answers and notifications of this app. */
  providerPrivateKey: text("provider_private_key").notNull(),
  createdAt: instant("created_at").notNull(),
});

/**
 * What a merchant asked to be paid. A row without `trade_no` is not a trade yet: the shopper has not opened the code or
 * the cashier, and queries do not find it.
 */
export const alipayTrades = sim.table(
  "alipay_trades",
  {
    appId: text("app_id").notNull(),
    outTradeNo: text("out_trade_no").notNull(),
    kind: text("kind").notNull(),
    status: text("status").notNull(),
    tradeNo: text("trade_no"),
    /** What opens the code or the cashier. */
    code: text("code").notNull(),
    codeExpiresAt: instant("code_expires_at").notNull(),
    /** Fen. */
    amount: bigint("amount", { mode: "bigint" }).notNull(),
    /** Fen that were really paid; differs from `amount` only by a fault. */
    paidAmount: bigint("paid_amount", { mode: "bigint" }),
    /** Fen of the successful refunds. */
    refundedAmount: bigint("refunded_amount", { mode: "bigint" }).notNull(),
    subject: text("subject").notNull(),
    body: text("body"),
    storeId: text("store_id"),
    operatorId: text("operator_id"),
    terminalId: text("terminal_id"),
    passbackParams: text("passback_params"),
    charset: text("charset").notNull(),
    notifyUrl: text("notify_url"),
    returnUrl: text("return_url"),
    quitUrl: text("quit_url"),
    timeoutExpress: text("timeout_express"),
    timeExpire: instant("time_expire"),
    /** When the merchant asked, as opposed to `created_at`, when the trade came to be. */
    preparedAt: instant("prepared_at").notNull(),
    createdAt: instant("created_at"),
    expiresAt: instant("expires_at"),
    payDueAt: instant("pay_due_at"),
    paidAt: instant("paid_at"),
    closedAt: instant("closed_at"),
    /** Why the shopper's last try was refused; such a trade goes on waiting. */
    failureCode: text("failure_code"),
    /** What alipay.trade.cancel did, `close` or `refund`, so that a repeat answers the same. */
    cancelAction: text("cancel_action"),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.outTradeNo] }),
    check("alipay_trades_amount_positive", sql`${t.amount} > 0`),
    check("alipay_trades_refunds_within_paid", sql`${t.refundedAmount} <= coalesce(${t.paidAmount}, 0)`),
    index("alipay_trades_by_trade_no").on(t.tradeNo), // query, close and refund by trade_no
    index("alipay_trades_by_code").on(t.code), // the shopper's pages
    index("alipay_trades_pay_due").on(t.payDueAt).where(sql`${t.payDueAt} is not null`), // slow payments
    index("alipay_trades_paid").on(t.appId, t.paidAt).where(sql`${t.paidAt} is not null`), // daily bill
  ],
);

/** Money given back on a trade; `out_request_no` is the merchant's idempotency key. */
export const alipayRefunds = sim.table(
  "alipay_refunds",
  {
    appId: text("app_id").notNull(),
    outTradeNo: text("out_trade_no").notNull(),
    outRequestNo: text("out_request_no").notNull(),
    /** Fen. */
    amount: bigint("amount", { mode: "bigint" }).notNull(),
    reason: text("reason"),
    operatorId: text("operator_id"),
    status: text("status").notNull(),
    requestedAt: instant("requested_at").notNull(),
    /** When a refund in progress succeeds. */
    settleAt: instant("settle_at"),
    refundedAt: instant("refunded_at"),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.outTradeNo, t.outRequestNo] }),
    check("alipay_refunds_amount_positive", sql`${t.amount} > 0`),
    index("alipay_refunds_due").on(t.settleAt).where(sql`${t.settleAt} is not null`), // slow refunds
    index("alipay_refunds_done").on(t.appId, t.refundedAt).where(sql`${t.refundedAt} is not null`), // daily bill
  ],
);

/** A message owed to a merchant, kept after it was accepted: `sends` is how often it went out. */
export const alipayNotifications = sim.table(
  "alipay_notifications",
  {
    notifyId: text("notify_id").primaryKey(),
    appId: text("app_id").notNull(),
    outTradeNo: text("out_trade_no").notNull(),
    url: text("url").notNull(),
    /** Everything but notify_time and sign, which are of the single sending. */
    fields: jsonb("fields").$type<Record<string, string>>().notNull(),
    charset: text("charset").notNull(),
    createdAt: instant("created_at").notNull(),
    sends: integer("sends").notNull(),
    /** Null when it was accepted, given up, lost or waits for another. */
    nextAt: instant("next_at"),
    ackedAt: instant("acked_at"),
    /** The first sending carries a wrong signature. */
    isCorrupt: boolean("is_corrupt").notNull(),
    /** How often it is sent again although it was accepted. */
    repeatsLeft: integer("repeats_left").notNull(),
    /** The notification that has to go out before this one. */
    waitsFor: text("waits_for"),
  },
  (t) => [
    index("alipay_notifications_due").on(t.nextAt).where(sql`${t.nextAt} is not null`), // the sender
    index("alipay_notifications_held").on(t.waitsFor).where(sql`${t.waitsFor} is not null`), // reordered ones
    index("alipay_notifications_by_trade").on(t.appId, t.outTradeNo), // counts on test pages
  ],
);

/** Something the simulator is told to do wrong; the row goes when it is used up. */
export const alipayFaults = sim.table(
  "alipay_faults",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    appId: text("app_id").notNull(),
    kind: text("kind").notNull(),
    operation: text("operation").notNull(),
    reference: text("reference"),
    /** Null: for as long as the fault is set. */
    remaining: integer("remaining"),
    delayMs: integer("delay_ms").notNull(),
    /** Fen, for wrong_amount. */
    amount: bigint("amount", { mode: "bigint" }),
    /** The notification that reorder_notifications holds back. */
    heldNotifyId: text("held_notify_id"),
  },
  (t) => [index("alipay_faults_by_app").on(t.appId)], // looked up on every call
);

/** A download address of a bill, good for half a minute. */
export const alipayBillTickets = sim.table("alipay_bill_tickets", {
  token: text("token").primaryKey(),
  appId: text("app_id").notNull(),
  /** yyyy-MM-dd or yyyy-MM. */
  billDate: text("bill_date").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { sim } from "./sim.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
/** Fen, as the wire carries them. */
const fen = (name: string) => bigint(name, { mode: "number" });
const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A merchant's account with its keys: of the merchant's own pair only the public half. Rows never change. */
export const wechatpayAccounts = sim.table("wechatpay_accounts", {
  mchid: text("mchid").primaryKey(),
  appid: text("appid").notNull(),
  label: text("label").notNull(),
  merchantSerialNo: text("merchant_serial_no").notNull(),
  merchantPublicKey: text("merchant_public_key").notNull(),
  apiv3Key: text("apiv3_key").notNull(),
  platformPublicKeyId: text("platform_public_key_id").notNull(),
  platformPrivateKey: text("platform_private_key").notNull(),
  certificateSerialNo: text("certificate_serial_no").notNull(),
  certificate: text("certificate").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** An order placed by a merchant; it becomes a transaction when the shopper pays. */
export const wechatpayOrders = sim.table(
  "wechatpay_orders",
  {
    mchid: text("mchid").notNull(),
    outTradeNo: text("out_trade_no").notNull(),
    /** What the wallet is handed: the `pr` of a code_url, or a prepay_id. */
    prepayCode: text("prepay_code").notNull(),
    tradeType: text("trade_type").notNull(),
    /** Of the parameters that must be the same when the order is placed again. */
    parameterDigest: text("parameter_digest").notNull(),
    appid: text("appid").notNull(),
    description: text("description").notNull(),
    attach: text("attach"),
    notifyUrl: text("notify_url").notNull(),
    openid: text("openid"),
    total: fen("total").notNull(),
    timeExpire: instant("time_expire"),
    createdAt: instant("created_at").notNull(),
    /** Codes and prepay ids are valid for a time after this; placing the order again renews it. */
    issuedAt: instant("issued_at").notNull(),
    tradeState: text("trade_state").notNull(),
    tradeStateDesc: text("trade_state_desc").notNull(),
    /** Set while a shopper pays slowly. */
    payDueAt: instant("pay_due_at"),
    transactionId: text("transaction_id"),
    paidTotal: fen("paid_total"),
    successTime: instant("success_time"),
  },
  (t) => [
    primaryKey({ columns: [t.mchid, t.outTradeNo] }),
    uniqueIndex("wechatpay_orders_by_prepay_code").on(t.prepayCode), // the shopper's pages
    uniqueIndex("wechatpay_orders_by_transaction").on(t.transactionId).where(sql`${t.transactionId} is not null`), // query by id
    index("wechatpay_orders_by_success").on(t.mchid, t.successTime).where(sql`${t.successTime} is not null`), // bills
    index("wechatpay_orders_due").on(t.payDueAt).where(sql`${t.payDueAt} is not null`), // slow payments
  ],
);

export const wechatpayRefunds = sim.table(
  "wechatpay_refunds",
  {
    mchid: text("mchid").notNull(),
    outRefundNo: text("out_refund_no").notNull(),
    refundId: text("refund_id").notNull(),
    outTradeNo: text("out_trade_no").notNull(),
    transactionId: text("transaction_id").notNull(),
    refund: fen("refund").notNull(),
    total: fen("total").notNull(),
    reason: text("reason"),
    notifyUrl: text("notify_url"),
    status: text("status").notNull(),
    createdAt: instant("created_at").notNull(),
    successTime: instant("success_time"),
    /** When the bank answers, and what it will say; null once it has. */
    dueAt: instant("due_at"),
    endsAs: text("ends_as").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.mchid, t.outRefundNo] }),
    index("wechatpay_refunds_by_order").on(t.mchid, t.outTradeNo), // what is left to refund
    index("wechatpay_refunds_by_day").on(t.mchid, t.createdAt), // bills
    index("wechatpay_refunds_due").on(t.dueAt).where(sql`${t.dueAt} is not null`),
  ],
);

/** A notification and how far its delivery has come. */
export const wechatpayNotifications = sim.table(
  "wechatpay_notifications",
  {
    id: text("id").primaryKey(),
    mchid: text("mchid").notNull(),
    outTradeNo: text("out_trade_no").notNull(),
    /** out_trade_no of a payment, out_refund_no of a refund: what a fault may be scoped to. */
    reference: text("reference").notNull(),
    eventType: text("event_type").notNull(),
    notifyUrl: text("notify_url").notNull(),
    /** The resource before encryption, as it was when the event happened. */
    resource: text("resource").notNull(),
    createdAt: instant("created_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Null when acknowledged, given up, lost or held. */
    nextAt: instant("next_at"),
    /** Sends still owed after it was acknowledged. */
    repeats: integer("repeats").notNull().default(0),
    /** Waits until the notification `behindId` has been sent once (or, while that is null, for the next one to come). */
    held: boolean("held").notNull().default(false),
    behindId: text("behind_id"),
  },
  (t) => [
    index("wechatpay_notifications_due").on(t.nextAt).where(sql`${t.nextAt} is not null`),
    index("wechatpay_notifications_by_order").on(t.mchid, t.outTradeNo), // test pages
    index("wechatpay_notifications_held").on(t.mchid).where(sql`${t.held}`),
  ],
);

/** What this account is made to do wrong; `remaining` null means until replaced. */
export const wechatpayFaults = sim.table(
  "wechatpay_faults",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    mchid: text("mchid").notNull(),
    kind: text("kind").notNull(),
    operation: text("operation"),
    reference: text("reference"),
    times: integer("times").notNull(),
    remaining: integer("remaining"),
    delayMs: integer("delay_ms"),
    amount: fen("amount"),
  },
  (t) => [index("wechatpay_faults_by_account").on(t.mchid)],
);

/** A bill that was applied for, for as long as its download_url is valid. */
export const wechatpayBillFiles = sim.table("wechatpay_bill_files", {
  token: text("token").primaryKey(),
  mchid: text("mchid").notNull(),
  isGzip: boolean("is_gzip").notNull(),
  body: bytes("body").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

import { sql } from "drizzle-orm";
import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { currency, instant, livemode, merchantId, minorUnits } from "./columns.ts";

const count = (name: string) => integer(name).notNull().default(sql`0`);
/** Minor units of the row's currency. */
const sum = (name: string) => minorUnits(name).notNull().default(sql`0`);

/**
 * What happened in a quarter of an hour, counted from orders, attempts and the ledger. A quarter, because that is the
 * coarsest grain that every time zone's day is made of (Kathmandu is at +05:45, Chatham at +12:45). Empty text where
 * a fact has no such property: an order has no method before somebody tries to pay it.
 */
export const rollups = pgTable(
  "rollups",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    /** Begin of the quarter. */
    at: instant("at").notNull(),
    currency: currency(),
    method: text("method").notNull(),
    channel: text("channel").notNull(),
    /** ISO 3166 alpha-2, as the card or the merchant's own order tells it. */
    country: text("country").notNull(),
    ordersCreated: count("orders_created"),
    /** Payments that were booked for an order; surplus and other unexpected money is not among them. */
    payments: count("payments"),
    gross: sum("gross"),
    fees: sum("fees"),
    /** Refunds accepted less those that failed, in the quarter in which each was booked. */
    refunds: count("refunds"),
    refunded: sum("refunded"),
    feesReturned: sum("fees_returned"),
    /** Attempts begun in the quarter, by what has become of them. */
    attemptsSucceeded: count("attempts_succeeded"),
    attemptsFailed: count("attempts_failed"),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.livemode, t.at, t.currency, t.method, t.channel, t.country] })],
);

/** How far the events of a merchant's world have been counted and indexed for search. */
export const eventCursors = pgTable(
  "event_cursors",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    /** What events up to this number have touched is right. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    countedAt: instant("counted_at").notNull(),
    /** Not again before: a merchant whose quarters take long to count is counted less often. */
    nextAt: instant("next_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.livemode] })],
);

import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { currency, livemode, merchantId, minorUnits } from "./columns.ts";

/**
 * The narrow side of an order, for filters that the order itself does not carry or has no index for. Written after the
 * fact by a job, so that taking an order pays for none of these indexes.
 */
export const orderFacts = pgTable(
  "order_facts",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    orderId: text("order_id").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: currency(),
    /** Of the latest attempt; empty before the first. */
    method: text("method").notNull(),
    channel: text("channel").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.livemode, t.orderId] }),
    // Something rare, newest first.
    index("order_facts_by_method").on(t.merchantId, t.livemode, t.method, t.orderId),
    index("order_facts_by_channel").on(t.merchantId, t.livemode, t.channel, t.orderId),
    index("order_facts_by_currency").on(t.merchantId, t.livemode, t.currency, t.orderId),
    index("order_facts_by_amount").on(t.merchantId, t.livemode, t.amount, t.orderId), // a narrow range of amounts
  ],
);

export const termKinds = [
  "order_no",
  "refund_no",
  "payment_reference",
  "refund_reference",
  "email",
  "phone",
  "customer",
] as const;
export type TermKind = (typeof termKinds)[number];

/** Whatever a person may paste into the search field, with the object that it leads to. */
export const searchTerms = pgTable(
  "search_terms",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    /** In lower case. */
    term: text("term").notNull(),
    kind: text("kind", { enum: termKinds }).notNull(),
    objectId: text("object_id").notNull(),
    orderId: text("order_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.livemode, t.term, t.kind, t.objectId] }),
    // Byte order, so that all terms with a beginning lie side by side, whatever the database's language.
    index("search_terms_by_beginning").on(t.merchantId, t.livemode, sql`${t.term} collate "C"`, t.objectId),
  ],
);

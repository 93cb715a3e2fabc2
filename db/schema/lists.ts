import { sql } from "drizzle-orm";
import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";
import { orders } from "./orders.ts";

export const listActions = ["block", "allow"] as const;
export type ListAction = (typeof listActions)[number];

export const listKinds = ["card", "device", "ip", "email", "customer"] as const;
export type ListKind = (typeof listKinds)[number];

const entry = () => ({
  action: text("action", { enum: listActions }).notNull(),
  kind: text("kind", { enum: listKinds }).notNull(),
  /** Keyed hash of kind and value (lib/lists/match.ts). The value itself is kept nowhere. */
  match: text("match").notNull(),
  /** As much of the value as people need to recognise it: `j***@shop.example`. */
  hint: text("hint").notNull(),
  reason: text("reason").notNull(),
  expiresAt: instant("expires_at"),
  createdBy: text("created_by").notNull(),
  createdAt: createdAt(),
});

/** Whom one merchant refuses before a channel is asked, or lets through although he is refused elsewhere. */
export const listEntries = pgTable(
  "list_entries",
  { merchantId: merchantId(), id: text("id").notNull(), livemode: livemode(), ...entry() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "list_entries_merchant" }),
    // A value is either blocked or allowed; the index that answers a payment's question.
    uniqueIndex("list_entries_by_match").on(t.merchantId, t.livemode, t.match),
    index("list_entries_by_action").on(t.merchantId, t.livemode, t.action, t.kind, t.id), // the list; whether there are any
  ],
);

/** The same for the whole platform, by its operators; of both worlds. Read by the app's role. */
export const platformListEntries = pgTable(
  "platform_list_entries",
  { id: text("id").primaryKey(), ...entry() },
  (t) => [
    uniqueIndex("platform_list_entries_by_match").on(t.match),
    index("platform_list_entries_by_action").on(t.action, t.kind, t.id),
  ],
);

/** A shopper who was turned away before a channel was asked. The shopper is told no reason; the merchant is. */
export const paymentRefusals = pgTable(
  "payment_refusals",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    orderId: text("order_id").notNull(),
    method: text("method").notNull(),
    /** Whose list it was. */
    scope: text("scope", { enum: ["merchant", "platform"] }).notNull(),
    kind: text("kind", { enum: listKinds }).notNull(),
    entryId: text("entry_id").notNull(),
    hint: text("hint").notNull(),
    reason: text("reason").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.orderId],
      foreignColumns: [orders.merchantId, orders.id],
      name: "payment_refusals_order",
    }),
    index("payment_refusals_by_order").on(t.merchantId, t.orderId, t.id), // its timeline
    index("payment_refusals_newest_first").on(t.merchantId, t.livemode, t.id),
  ],
);

/** The one secret under which values are hashed. It outlives the key ring's keys, which seal it: hashes can't be made anew. */
export const listSecrets = pgTable("list_secrets", {
  id: text("id").primaryKey(),
  sealed: text("sealed").notNull(),
  createdAt: instant("created_at").notNull().default(sql`now()`),
});

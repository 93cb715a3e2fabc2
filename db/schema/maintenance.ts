import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";

/** When a channel, or one account at it, takes no payments. Announced by operators; read by the app's role. */
export const maintenanceWindows = pgTable(
  "maintenance_windows",
  {
    id: text("id").primaryKey(),
    channel: text("channel").notNull(),
    /** Null: every account at the channel. */
    accountId: text("account_id"),
    aboutMerchant: text("about_merchant"),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** Shown to merchants. */
    reason: text("reason").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    canceledAt: instant("canceled_at"),
  },
  (t) => [
    check("maintenance_windows_forward", sql`${t.startsAt} < ${t.endsAt}`),
    index("maintenance_windows_by_end").on(t.endsAt), // what is under way or to come
  ],
);

/** How quickly a channel account answered, minute by minute: written by each process every few seconds, never on a payment's way. */
export const channelCalls = pgTable(
  "channel_calls",
  {
    merchantId: merchantId(),
    channelAccountId: text("channel_account_id").notNull(),
    minute: instant("minute").notNull(),
    livemode: livemode(),
    answered: integer("answered").notNull(),
    /** Timed out, or answered by nothing that can be understood. */
    lost: integer("lost").notNull(),
    /** How many took at most so long, by the bounds of lib/channel-accounts/note-calls.ts; the last is without bound. */
    durations: bigint("durations", { mode: "number" }).array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.channelAccountId, t.minute] }),
    index("channel_calls_by_age").on(t.minute), // removal after some days
  ],
);

import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode } from "./columns.ts";

/** The platform's own account at a provider, lent to merchants. Written by operators; the app's role reads it to route payments. */
export const platformChannelAccounts = pgTable(
  "platform_channel_accounts",
  {
    id: text("id").primaryKey(),
    livemode: livemode(),
    channel: text("channel").notNull(),
    environment: text("environment", { enum: ["simulator", "sandbox", "live"] }).notNull(),
    label: text("label").notNull(),
    /** Disabled, it takes no new payment of any merchant. */
    status: text("status", { enum: ["enabled", "disabled"] })
      .notNull()
      .default("enabled"),
    /** Sealed JSON of the adapter's credentials (lib/kernel/crypto); the loans carry none of their own. */
    credentials: text("credentials").notNull(),
    /** Read off the credentials when they were kept: the self-check can't unseal them. */
    expiresAt: instant("expires_at"),
    /** Those methods of the channel that may be lent. */
    methods: jsonb("methods").$type<string[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [index("platform_channel_accounts_by_mode").on(t.livemode, t.channel)],
);

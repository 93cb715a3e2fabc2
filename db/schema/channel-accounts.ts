import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId, minorUnits } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** Credentials at a provider, and what it may be used for. */
export const channelAccounts = pgTable(
  "channel_accounts",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    channel: text("channel").notNull(),
    /** Which of the provider's worlds the credentials belong to. */
    environment: text("environment", { enum: ["simulator", "sandbox", "live"] }).notNull(),
    label: text("label").notNull(),
    status: text("status", { enum: ["enabled", "disabled"] })
      .notNull()
      .default("enabled"),
    /** Sealed JSON of the adapter's credentials (lib/kernel/crypto). */
    credentials: text("credentials").notNull(),
    /** Those methods of the channel that the merchant offers over this account. */
    methods: jsonb("methods").$type<string[]>().notNull(),
    /** Lower first when two accounts carry the same method. */
    priority: integer("priority").notNull().default(100),
    /** What we charge the merchant: hundredths of a percent as a decimal text, and minor units of the order's currency. */
    feeBps: text("fee_bps").notNull().default("60"),
    /** At how many days before the credentials' end the merchant was last told of it. */
    expiryWarnedDays: integer("expiry_warned_days"),
    feeFixed: minorUnits("fee_fixed").notNull().default(sql`0`),
    /** Since when operators route no new payment to it, and why; beside the merchant's own `status`. */
    pausedAt: instant("paused_at"),
    pauseReason: text("pause_reason"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "channel_accounts_merchant" }),
    index("channel_accounts_by_mode").on(t.merchantId, t.livemode, t.status),
  ],
);

import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId, minorUnits } from "./columns.ts";
import { merchants } from "./merchants.ts";
import { platformChannelAccounts } from "./platform-channel-accounts.ts";

/** Credentials at a provider, or the loan of a platform's account there, and what it may be used for. */
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
    /** Sealed JSON of the adapter's credentials (lib/kernel/crypto); none when the account is lent. */
    credentials: text("credentials"),
    /** The platform's account with whose credentials this one opens. */
    platformAccount: text("platform_account").references(() => platformChannelAccounts.id),
    /** What the platform lent it for; the merchant chooses among these. */
    lentMethods: jsonb("lent_methods").$type<string[]>(),
    /** Since when the loan is closed to new payments; what has begun is finished over it. */
    takenBackAt: instant("taken_back_at"),
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
    check("channel_accounts_opens", sql`(${t.credentials} is null) = (${t.platformAccount} is not null)`),
    check("channel_accounts_lent", sql`(${t.lentMethods} is null) = (${t.platformAccount} is null)`),
    // A notification at the platform's address leads to one account of the merchant, and no more.
    unique("channel_accounts_platform_account").on(t.merchantId, t.platformAccount),
    index("channel_accounts_by_mode").on(t.merchantId, t.livemode, t.status),
  ],
);

import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Locale } from "#lib/kernel/locale";
import { createdAt, instant, merchantId } from "./columns.ts";

/** What a merchant may be told by mail. */
export type NoticeKind = "endpoint_off" | "credentials_expiring" | "unexpected_payment";

export interface Branding {
  readonly displayName: string;
  /** A data URL or a path of ours; never a third party's address, because the checkout loads none. */
  readonly logo?: string;
  /** `#rrggbb`; the text on it is white or black, whichever reads better. */
  readonly color?: string;
  /** Whom a shopper asks; each is shown when it is there. */
  readonly supportEmail?: string;
  readonly supportPhone?: string;
  /** Languages of the checkout, the first for shoppers who read none of them; all of ours when undefined. */
  readonly languages?: readonly Locale[];
}

export interface MerchantSettings {
  /** What to do with money that arrives after an order was closed or had expired. */
  readonly latePayment: "refund" | "accept";
  /** What to do with a second payment of a paid order; it goes back when the merchant never said. */
  readonly secondPayment?: "refund" | "accept";
  /** Minutes that a new order stays payable when the caller names no expiry. */
  readonly orderLifetimeMinutes: number;
  /** Who is told by mail of what; nobody when undefined. */
  readonly notices?: {
    readonly emails: readonly string[];
    readonly kinds: readonly NoticeKind[];
    readonly locale: Locale;
  };
  /** Whether our fee goes back to the merchant when it refunds. */
  readonly feeReturnedOnRefund: boolean;
}

export const liveStatuses = ["not_applied", "submitted", "information_asked", "approved", "rejected"] as const;
export type LiveStatus = (typeof liveStatuses)[number];

export const merchantTiers = ["low", "standard", "high"] as const;

/** Minor units; what is not named is not limited. */
export interface CurrencyLimits {
  readonly order?: number;
  /** Paid within one of the merchant's own days. */
  readonly day?: number;
  readonly month?: number;
  /** One payment with this method. */
  readonly methods?: Readonly<Record<string, number>>;
}

/** By ISO 4217 code. */
export type MerchantLimits = Readonly<Record<string, CurrencyLimits>>;

/** A tenant. */
export const merchants = pgTable(
  "merchants",
  {
    merchantId: merchantId(),
    name: text("name").notNull(),
    country: text("country").notNull(),
    /** IANA name; the merchant's day begins and ends by it. */
    timeZone: text("time_zone").notNull(),
    status: text("status", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    /** Of a suspended one: why, in words that it reads itself. */
    suspension: jsonb("suspension").$type<{ readonly reason: string; readonly at: string }>(),
    /** Whether it may take real money: only an approved one does. Test mode asks nobody. */
    liveStatus: text("live_status", { enum: liveStatuses }).notNull().default("not_applied"),
    tier: text("tier", { enum: merchantTiers }).notNull().default("standard"),
    limits: jsonb("limits").$type<MerchantLimits>(),
    branding: jsonb("branding").$type<Branding>().notNull(),
    settings: jsonb("settings").$type<MerchantSettings>().notNull(),
    /** How far test mode's clock is ahead of the real one; behind it only while a demo merchant's past is being made. */
    testClockOffsetMs: bigint("test_clock_offset_ms", { mode: "number" }).notNull().default(0),
    /** By the server's clock: who read the offset before this may still write with the old one for a few seconds. */
    testClockMovedAt: instant("test_clock_moved_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId] }),
    index("merchants_with_test_clock").on(t.merchantId).where(sql`${t.testClockOffsetMs} <> 0`), // the sweeps ask for them
    index("merchants_in_review").on(t.merchantId).where(sql`${t.liveStatus} = 'submitted'`), // the operators' queue
  ],
);

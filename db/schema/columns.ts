import { sql } from "drizzle-orm";
import { bigint, boolean, char, text, timestamp } from "drizzle-orm/pg-core";

/** The tenant: first in every primary key, unique key, foreign key and index, so that one shard holds all of a merchant. */
export const merchantId = () => text("merchant_id").notNull();

/** Test and live are separate worlds: no query, key, ledger or screen mixes them. */
export const livemode = () => boolean("livemode").notNull();

/** Integer minor units of the currency beside it. */
export const minorUnits = (name: string) => bigint(name, { mode: "bigint" });

/** ISO 4217 alphabetic code. */
export const currency = () => char("currency", { length: 3 }).notNull();

export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const createdAt = () => instant("created_at").notNull().default(sql`now()`);

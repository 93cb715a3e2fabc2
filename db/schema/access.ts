import { sql } from "drizzle-orm";
import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** A person who signs in to the dashboard; may belong to several merchants. The app's role reads this only through functions. */
export const users = pgTable(
  "users",
  {
    id: text("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    /** argon2id, PHC string. */
    passwordHash: text("password_hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("users_by_email").on(sql`lower(${t.email})`)],
);

/** A person of the platform's own staff: a separate realm with its own sign-in. */
export const operators = pgTable(
  "operators",
  {
    id: text("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text("role").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("operators_by_email").on(sql`lower(${t.email})`)],
);

export const memberships = pgTable(
  "memberships",
  {
    merchantId: merchantId(),
    userId: text("user_id").notNull(),
    role: text("role", { enum: ["owner", "admin", "finance", "operations", "developer", "read_only"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.userId] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "memberships_merchant" }),
    index("memberships_by_user").on(t.userId), // sign-in: which merchants does this person belong to
  ],
);

/** A key of the API. The key itself is shown once; we keep its hash, and its tenant stands in its text. */
export const apiKeys = pgTable(
  "api_keys",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    kind: text("kind", { enum: ["secret", "publishable"] }).notNull(),
    /** SHA-256, hex: the key has 160 random bits, so a slow hash would protect nothing. */
    hash: text("hash").notNull(),
    /** First and last characters, enough to tell keys apart. */
    hint: text("hint").notNull(),
    label: text("label").notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at"),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "api_keys_merchant" }),
    uniqueIndex("api_keys_by_hash").on(t.merchantId, t.hash),
  ],
);

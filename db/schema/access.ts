import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
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
    /** As of the last sign-in, for mails that nobody's request asks for. */
    language: text("language").notNull().default("en"),
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
    /** As the table of lib/operator/permissions names them. */
    role: text("role", { enum: ["admin", "operations", "risk", "compliance", "support", "auditor"] }).notNull(),
    /** IANA name; times in the console are told by it. */
    timeZone: text("time_zone").notNull().default("UTC"),
    /** As of the last sign-in. */
    language: text("language").notNull().default("en"),
    createdAt: createdAt(),
    /** Has left: signs in no more; the log still names the person. */
    endedAt: instant("ended_at"),
  },
  (t) => [uniqueIndex("operators_by_email").on(sql`lower(${t.email})`)],
);

/** As the permission table of lib/access names them. */
type RoleName = "owner" | "admin" | "finance" | "operations" | "developer" | "read_only" | `rol_${string}`;

export const memberships = pgTable(
  "memberships",
  {
    merchantId: merchantId(),
    userId: text("user_id").notNull(),
    /** One of the built-in roles, or the id of a role that the merchant made. */
    role: text("role").$type<RoleName>().notNull(),
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
    kind: text("kind", { enum: ["secret", "restricted", "publishable"] }).notNull(),
    /** SHA-256, hex: the key has 160 random bits, so a slow hash would protect nothing. */
    hash: text("hash").notNull(),
    /** First and last characters, enough to tell keys apart. */
    hint: text("hint").notNull(),
    label: text("label").notNull(),
    /** What a restricted key may do; a secret one may do everything, also what is added later. */
    permissions: jsonb("permissions").$type<readonly string[]>(),
    /** Addresses and CIDR ranges that it works from; empty: from anywhere. */
    allowedIps: jsonb("allowed_ips").$type<readonly string[]>().notNull().default([]),
    /** The key that took this one's place; this one works on until `expiresAt`. */
    replacedBy: text("replaced_by"),
    /** How its requests are signed (RFC 9421), and whether unsigned ones are refused. */
    signatureAlgorithm: text("signature_algorithm", { enum: ["ed25519", "hmac-sha256"] }),
    /** ed25519: the caller's public key, PEM. hmac-sha256: the shared secret, sealed with the key ring. */
    signatureKey: text("signature_key"),
    signatureRequired: boolean("signature_required").notNull().default(false),
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

import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** One sign-in of one browser. The cookie names it, so that ending the row ends the sign-in. */
export const personSessions = pgTable(
  "person_sessions",
  {
    id: text("id").primaryKey(),
    /** Users and operators are separate tables. */
    realm: text("realm", { enum: ["merchant", "operator"] }).notNull(),
    personId: text("person_id").notNull(),
    ip: text("ip").notNull(),
    userAgent: text("user_agent").notNull(),
    /** SHA-256 of the browser's own long-lived cookie: a browser without one that we know is a new device. */
    deviceHash: text("device_hash").notNull(),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    index("person_sessions_by_person").on(t.realm, t.personId, t.createdAt), // the person's list, and known devices
    index("person_sessions_by_age").on(t.createdAt), // removal
  ],
);

/** A secret address that was mailed to somebody: works once, for a while. Only the hash of its token is kept. */
export const mailedLinks = pgTable(
  "mailed_links",
  {
    /** SHA-256, hex, of 160 random bits. */
    hash: text("hash").primaryKey(),
    kind: text("kind", { enum: ["sign_up", "password_reset", "operator_password"] }).notNull(),
    email: text("email").notNull(),
    payload: jsonb("payload").$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("mailed_links_by_expiry").on(t.expiresAt)], // removal
);

/** Somebody's authenticator app, of either realm. */
export const secondFactors = pgTable(
  "second_factors",
  {
    /** Users and operators are separate tables. */
    realm: text("realm", { enum: ["merchant", "operator"] }).notNull(),
    personId: text("person_id").notNull(),
    /** Sealed. */
    secret: text("secret").notNull(),
    createdAt: createdAt(),
    /** The first code was given: from then on one is asked for at sign-in. */
    confirmedAt: instant("confirmed_at"),
    /** The 30-second step of the last code that was taken: a code works once. */
    step: integer("step").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.realm, t.personId] })],
);

/** A way in for somebody who lost the authenticator. Each works once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    realm: text("realm", { enum: ["merchant", "operator"] }).notNull(),
    personId: text("person_id").notNull(),
    /** SHA-256, hex: each code has 50 random bits, and wrong tries are counted. */
    hash: text("hash").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [primaryKey({ columns: [t.realm, t.personId, t.hash] })],
);

/** Mail on its way. With a mail server it is gone once sent; without one it is what the sandbox's mailbox shows. */
export const mails = pgTable(
  "mails",
  {
    id: text("id").primaryKey(),
    recipient: text("recipient").notNull(),
    /** Subject and text, sealed (lib/kernel/crypto): a mail holds addresses that open an account. */
    sealed: text("sealed").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("mails_by_recipient").on(sql`lower(${t.recipient})`, t.createdAt), // the mailbox, searched
    index("mails_by_age").on(t.createdAt), // the mailbox, and removal
  ],
);

/** Somebody was asked to join a merchant's team. */
export const invitations = pgTable(
  "invitations",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    email: text("email").notNull(),
    role: text("role").notNull(),
    /** SHA-256, hex, of the token in the mailed address. */
    hash: text("hash").notNull(),
    invitedBy: text("invited_by").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "invitations_merchant" }),
    uniqueIndex("invitations_by_hash").on(t.merchantId, t.hash),
    // One open invitation a person: a second one would make the first one's role a surprise.
    uniqueIndex("invitations_open")
      .on(t.merchantId, sql`lower(${t.email})`)
      .where(sql`${t.acceptedAt} is null and ${t.revokedAt} is null`),
  ],
);

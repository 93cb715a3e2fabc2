import { bigint, boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** A key pair in a person's device or password manager; we hold the public half. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: text("id").primaryKey(),
    userId: text("user_id").notNull(),
    /** The authenticator's own name for it, base64url. */
    credentialId: text("credential_id").notNull(),
    /** COSE key, base64url. */
    publicKey: text("public_key").notNull(),
    /** How often the authenticator says it was used; zero for those that don't count. It never goes back. */
    counter: bigint("counter", { mode: "number" }).notNull(),
    /** How a browser may reach the authenticator: `internal`, `hybrid`, `usb` … */
    transports: jsonb("transports").$type<readonly string[]>().notNull(),
    /** Kept by a password manager, and so on more than one device. */
    isSynced: boolean("is_synced").notNull(),
    name: text("name").notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [
    uniqueIndex("passkeys_by_credential").on(t.credentialId), // sign-in: whose is it
    index("passkeys_by_person").on(t.userId, t.createdAt),
  ],
);

/** What a browser was given to come back with: once, soon, and nobody else. */
export const browserChallenges = pgTable(
  "browser_challenges",
  {
    /** SHA-256, hex, of the challenge of a passkey or the state of a single sign-on. */
    hash: text("hash").primaryKey(),
    kind: text("kind", { enum: ["passkey_add", "passkey_sign_in", "sso"] }).notNull(),
    /** SHA-256, hex, of the secret in the browser's cookie. */
    browserHash: text("browser_hash").notNull(),
    /** JSON of what we have to remember meanwhile, sealed. */
    sealed: text("sealed").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("browser_challenges_by_expiry").on(t.expiresAt)], // removal
);

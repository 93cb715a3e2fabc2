import { boolean, foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** A merchant's own OpenID Connect provider, at which its people sign in; one a merchant. */
export const ssoConnections = pgTable(
  "sso_connections",
  {
    merchantId: merchantId(),
    /** As the provider writes it in its discovery document and in every ID token. */
    issuer: text("issuer").notNull(),
    clientId: text("client_id").notNull(),
    /** Sealed (lib/kernel/crypto). */
    clientSecret: text("client_secret").notNull(),
    /** Of somebody who comes without an invitation; never `owner`. */
    defaultRole: text("default_role").notNull(),
    /** Everybody but owners has to come this way. */
    isRequired: boolean("is_required").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "sso_connections_merchant" }),
  ],
);

/** The part of e-mail addresses behind the @ that a merchant says is its own; it counts once DNS has confirmed it. */
export const ssoDomains = pgTable(
  "sso_domains",
  {
    merchantId: merchantId(),
    domain: text("domain").notNull(),
    createdAt: createdAt(),
    verifiedAt: instant("verified_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.domain] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "sso_domains_merchant" }),
    index("sso_domains_by_domain").on(t.domain), // sign-in: whose provider answers for this address
  ],
);

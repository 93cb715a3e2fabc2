import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** The scripts that a payment page of one build may load; written once, when the build first starts. */
export const authorisedScripts = pgTable(
  "authorised_scripts",
  {
    build: text("build").notNull(),
    page: text("page").notNull(),
    /** The path under our origin, or a provider's address. */
    source: text("source").notNull(),
    owner: text("owner", { enum: ["framework", "product", "provider"] }).notNull(),
    /** Why the page needs it. */
    reason: text("reason").notNull(),
    /** Base64, as in an `integrity` attribute; null for what a provider keeps current itself. */
    sha384: text("sha384"),
    authorisedAt: instant("authorised_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.build, t.page, t.source] })],
);

/** One look at a payment page as a shopper gets it, and how it differs from what was authorised. */
export const pageChecks = pgTable(
  "page_checks",
  {
    /** Grows with time. */
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    build: text("build").notNull(),
    page: text("page").notNull(),
    changes: jsonb("changes").$type<readonly { code: string; subject: string }[]>().notNull(),
    checkedAt: instant("checked_at").notNull(),
  },
  (t) => [index("page_checks_by_time").on(t.checkedAt)], // whether one is due; removal
);

/** What browsers say that a page's policy kept from happening. One row for all reports that say the same. */
export const pageViolations = pgTable(
  "page_violations",
  {
    /** SHA-256 of kind, directive and what was blocked. */
    hash: text("hash").primaryKey(),
    /** The page's kind, never its address: a checkout's address is a key. */
    kind: text("kind").notNull(),
    directive: text("directive").notNull(),
    /** An origin, or a word like `inline`. */
    blocked: text("blocked").notNull(),
    reports: integer("reports").notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (t) => [index("page_violations_by_time").on(t.lastAt)], // the list; removal
);

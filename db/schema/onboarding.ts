import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** A paper of an application; the file itself lies in `sealed_files`. */
export interface ApplicationDocument {
  readonly file: string;
  readonly kind: "registration" | "identity" | "bank" | "address" | "other";
}

/** What a merchant tells of itself to take real money. How far it is stands in `merchants.live_status`. */
export const merchantApplications = pgTable(
  "merchant_applications",
  {
    merchantId: merchantId(),
    /** Sealed JSON: names of people, a bank account. */
    sealed: text("sealed").notNull(),
    documents: jsonb("documents").$type<readonly ApplicationDocument[]>().notNull().default([]),
    /** Of the last time; what was checked before it has to be checked again. */
    submittedAt: instant("submitted_at"),
    /** When an answer is due. */
    dueAt: instant("due_at"),
    submissions: integer("submissions").notNull().default(0),
    /** What we ask for, or why we refused. */
    message: text("message"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId] }),
    foreignKey({
      columns: [t.merchantId],
      foreignColumns: [merchants.merchantId],
      name: "merchant_applications_merchant",
    }),
  ],
);

/** Who signed which text, when and from where. Only ever inserted. */
export const contractSignatures = pgTable(
  "contract_signatures",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    version: text("version").notNull(),
    /** Of the text that was shown; both languages are signed together. */
    locale: text("locale").notNull(),
    /** SHA-256 over both texts, in hexadecimal. */
    sha256: text("sha256").notNull(),
    /** As it was typed. */
    signerName: text("signer_name").notNull(),
    signedBy: text("signed_by").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId],
      foreignColumns: [merchants.merchantId],
      name: "contract_signatures_merchant",
    }),
  ],
);

export const checkItems = [
  "identity",
  "registration",
  "beneficial_owners",
  "sanctions",
  "bank_account",
  "website",
  "category_risk",
] as const;

/** What an operator has checked of an application. The merchant does not see it. */
export const applicationChecks = pgTable(
  "application_checks",
  {
    aboutMerchant: text("about_merchant").notNull(),
    item: text("item", { enum: checkItems }).notNull(),
    isPassed: boolean("is_passed").notNull(),
    note: text("note").notNull(),
    operatorId: text("operator_id").notNull(),
    checkedAt: instant("checked_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.aboutMerchant, t.item] })],
);

/** What operators write down about a merchant for each other. */
export const merchantNotes = pgTable(
  "merchant_notes",
  {
    id: text("id").primaryKey(),
    aboutMerchant: text("about_merchant").notNull(),
    text: text("text").notNull(),
    operatorId: text("operator_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("merchant_notes_by_merchant").on(t.aboutMerchant, sql`${t.id} desc`)],
);

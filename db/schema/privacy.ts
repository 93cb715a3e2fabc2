import { foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

export const privacyKinds = ["export", "erasure"] as const;
export const privacyStatuses = ["pending", "processing", "succeeded", "failed"] as const;

/** A person's wish, passed on by the merchant: to see what is stored of them, or to be forgotten. */
export const privacyRequests = pgTable(
  "privacy_requests",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    kind: text("kind", { enum: privacyKinds }).notNull(),
    status: text("status", { enum: privacyStatuses }).notNull().default("pending"),
    /** By what the person is found, sealed. Gone once an erasure is done: it would be the last that we know of them. */
    subject: text("sealed_subject"),
    /** Enough for a clerk to tell requests apart: `l***@example.com`. */
    hint: text("hint").notNull(),
    ordersDone: integer("orders_done").notNull().default(0),
    /** JSON, sealed; until `expiresAt`. */
    file: text("sealed_file"),
    failureCode: text("failure_code"),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
    expiresAt: instant("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "privacy_requests_merchant" }),
    index("privacy_requests_newest_first").on(t.merchantId, t.livemode, t.id),
    index("privacy_requests_by_expiry").on(t.expiresAt), // files that are over
  ],
);

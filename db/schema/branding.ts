import { customType, foreignKey, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Pictures for the checkout, named by their content, so that an address shows the same picture for ever. */
export const brandImages = pgTable(
  "brand_images",
  {
    merchantId: merchantId(),
    /** SHA-256 of the bytes, in hexadecimal. */
    id: text("id").notNull(),
    contentType: text("content_type", { enum: ["image/png", "image/jpeg", "image/webp"] }).notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    bytes: bytes("bytes").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "brand_images_merchant" }),
  ],
);

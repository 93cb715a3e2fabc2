import { customType, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const filePurposes = ["ticket", "application"] as const;
export type FilePurpose = (typeof filePurposes)[number];

/**
 * Documents that people send us. The bytes lie under a key of the file's own, and that key under the key ring: a new key
 * of the ring touches a line a file and no file.
 */
export const sealedFiles = pgTable(
  "sealed_files",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    purpose: text("purpose", { enum: filePurposes }).notNull(),
    /** The ticket or application that it was given to; nothing until then. */
    ownerId: text("owner_id"),
    /** As the sender called it: shown, never used as a path. */
    name: text("name").notNull(),
    /** Read from the bytes. */
    contentType: text("content_type").notNull(),
    size: integer("size").notNull(),
    /** Of the plain bytes, hexadecimal. */
    sha256: text("sha256").notNull(),
    sealedKey: text("sealed_key").notNull(),
    /** AES-256-GCM: nonce, tag, ciphertext. */
    content: bytes("content").notNull(),
    uploadedBy: text("uploaded_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "sealed_files_merchant" }),
    index("sealed_files_by_owner").on(t.merchantId, t.ownerId, t.id),
  ],
);

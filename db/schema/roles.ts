import { sql } from "drizzle-orm";
import { foreignKey, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** A role that a merchant has put together for its own people. The built-in ones are code. */
export const roles = pgTable(
  "roles",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    permissions: jsonb("permissions").$type<readonly string[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "roles_merchant" }),
    uniqueIndex("roles_by_name").on(t.merchantId, sql`lower(${t.name})`),
  ],
);

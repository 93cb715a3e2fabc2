import { foreignKey, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

export const viewLists = ["orders", "refunds"] as const;
export type ViewList = (typeof viewLists)[number];

export interface ViewSettings {
  /** The list's filters by the names that they have in its address. */
  readonly filters: Readonly<Record<string, string>>;
  /** The columns shown, in order; the list's own when empty. */
  readonly columns: readonly string[];
  readonly density: "comfortable" | "compact";
}

/** A list as one person likes to see it: filters and columns under a name. */
export const savedViews = pgTable(
  "saved_views",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    userId: text("user_id").notNull(),
    list: text("list", { enum: viewLists }).notNull(),
    name: text("name").notNull(),
    settings: jsonb("settings").$type<ViewSettings>().notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "saved_views_merchant" }),
    uniqueIndex("saved_views_by_name").on(t.merchantId, t.userId, t.list, t.name),
  ],
);

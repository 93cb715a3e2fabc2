import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** How often something limited was done, over all processes: wrong passwords, mails, guesses at codes. */
export const useCounts = pgTable(
  "use_counts",
  {
    /** SHA-256 of the limit's name and of whom it is counted for: no list of e-mails and addresses. */
    hash: text("hash").primaryKey(),
    used: integer("used").notNull(),
    endsAt: instant("ends_at").notNull(),
  },
  (t) => [index("use_counts_by_end").on(t.endsAt)], // removal
);

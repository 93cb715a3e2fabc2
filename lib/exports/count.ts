import { count, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "#db/tenancy";

/** How many rows fit the condition; `most` and one more when there are more than that, so that nothing larger is read. */
export async function countUpTo(tx: Tx, table: PgTable, condition: SQL | undefined, most: number): Promise<number> {
  const some = tx.db
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(condition)
    .limit(most + 1)
    .as("some");
  const [row] = await tx.db.select({ rows: count() }).from(some);
  return row?.rows ?? 0;
}

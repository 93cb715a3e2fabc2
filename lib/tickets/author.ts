import { and, eq, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import type { Tx } from "#db/tenancy";

/** What the support is shown of whoever writes for the merchant: a person's name, or what its server's key is called. */
export async function authorOf(tx: Tx): Promise<{ readonly authorId: string; readonly authorName: string }> {
  const { id, type } = tx.ctx.actor;
  if (type === "user") {
    const [person] = await tx.db.execute<{ name: string }>(sql`select name from internal.person('merchant', ${id})`);
    return { authorId: id, authorName: person?.name ?? id };
  }
  const [key] = await tx.db
    .select({ label: apiKeys.label })
    .from(apiKeys)
    .where(and(eq(apiKeys.merchantId, tx.merchantId), eq(apiKeys.id, id)));
  return { authorId: id, authorName: key?.label ?? id };
}

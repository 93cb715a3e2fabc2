import { eq } from "drizzle-orm";
import { merchants } from "#db/schema/merchants";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { forgetMerchant, type Merchant } from "#lib/merchants/load-merchant";

/** The transaction's merchant as it stands now, locked until the end. @throws NotFound */
export async function lockMerchant(tx: Tx): Promise<Merchant> {
  const [row] = await tx.db.select().from(merchants).where(eq(merchants.merchantId, tx.merchantId)).for("update");
  if (!row) throw new NotFound("merchant");
  return row;
}

/** Writes a change of the locked merchant; this process counts it at once, the others within five seconds. */
export async function changeMerchant(tx: Tx, change: Partial<typeof merchants.$inferInsert>): Promise<void> {
  await tx.db
    .update(merchants)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(merchants.merchantId, tx.merchantId));
  tx.afterCommit(() => forgetMerchant(tx.merchantId));
}

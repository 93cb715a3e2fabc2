import { memberships } from "#db/schema/access";
import { merchants } from "#db/schema/merchants";
import type { Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";

export interface NewMerchant {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly ownerId: string;
}

/** Opens the transaction's own merchant with its first owner. The transaction's merchant id has to be a new one. */
export async function createMerchant(tx: Tx, input: NewMerchant): Promise<void> {
  const { name, country, timeZone, ownerId } = input;
  await tx.db.insert(merchants).values({
    merchantId: tx.merchantId,
    name,
    country,
    timeZone,
    branding: { displayName: name },
    settings: { latePayment: "refund", secondPayment: "refund", orderLifetimeMinutes: 30, feeReturnedOnRefund: true },
    createdAt: tx.now,
  });
  await tx.db
    .insert(memberships)
    .values({ merchantId: tx.merchantId, userId: ownerId, role: "owner", createdAt: tx.now });
  await recordAudit(tx, "merchant.create", tx.merchantId, { name, country, owner: ownerId });
}

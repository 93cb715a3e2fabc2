import { NotFound } from "#lib/kernel/errors";
import { isMerchantId } from "#lib/kernel/ids";
import { tellOwners } from "#lib/onboarding/tell-owners";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt } from "../record.ts";
import { MerchantAlreadySuspended } from "./errors.ts";
import { changeMerchant, lockMerchant } from "./lock-merchant.ts";

/**
 * Stops a merchant at once: one person may, since it protects; lifting it takes two. New orders and payments are refused
 * in both modes, refunds go on, keys read only, and the checkout says that the shop can't take payments. What a shopper
 * has begun to pay at a provider still arrives and is booked.
 *
 * @param reason the merchant reads it
 * @throws NotFound, MerchantAlreadySuspended
 */
export async function suspendMerchant(octx: OperatorContext, merchantId: string, reason: string): Promise<void> {
  if (!isMerchantId(merchantId)) throw new NotFound("merchant");
  await octx.at(merchantId, true).transaction(async (tx) => {
    const merchant = await lockMerchant(tx);
    if (merchant.status === "suspended") throw new MerchantAlreadySuspended();
    await changeMerchant(tx, { status: "suspended", suspension: { reason, at: tx.now.toISOString() } });
    await recordDeedAt(octx, tx, { verb: "merchant.suspend", objectId: merchantId, change: { reason } });
    await tellOwners(tx, "merchant_suspended", { reason });
  });
}

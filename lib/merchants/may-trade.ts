import { MerchantNotApproved, MerchantSuspended } from "./errors.ts";
import type { Merchant } from "./load-merchant.ts";

/**
 * Refuses what would take new money. Asked of the row that every order loads anyway, so that a suspension counts
 * everywhere within the five seconds that a row is kept.
 *
 * @throws MerchantSuspended in both modes, MerchantNotApproved in live mode
 */
export function requireTrading(merchant: Pick<Merchant, "status" | "liveStatus">, livemode: boolean): void {
  if (merchant.status === "suspended") throw new MerchantSuspended();
  if (livemode && merchant.liveStatus !== "approved") throw new MerchantNotApproved();
}

export function mayTrade(merchant: Pick<Merchant, "status" | "liveStatus">, livemode: boolean): boolean {
  return merchant.status === "active" && (!livemode || merchant.liveStatus === "approved");
}

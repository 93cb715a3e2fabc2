import type { OpenAccount } from "#lib/channel-accounts/load-account";
import type { Capability, Device, Flow, Method } from "#lib/channels/channel";
import type { Order } from "#lib/orders/order-json";

/** What we know of the shopper's device and place when methods are offered. */
export interface ShopperSurroundings {
  readonly device: Device;
  /** Set inside a wallet's own browser. */
  readonly walletBrowser?: Method;
  /** ISO 3166 alpha-2, when known. */
  readonly country?: string;
}

export interface Offer {
  readonly method: Method;
  readonly flow: Flow;
  readonly capability: Capability;
  readonly open: OpenAccount;
}

/** Reads device and wallet off a user agent. WeChat says MicroMessenger, Alipay says AlipayClient. */
export function surroundingsOf(userAgent: string, country?: string): ShopperSurroundings {
  const walletBrowser = /MicroMessenger/i.test(userAgent)
    ? ("wechat_pay" as const)
    : /AlipayClient/i.test(userAgent)
      ? ("alipay" as const)
      : undefined;
  const device = /Mobi|Android|iPhone|iPod|MicroMessenger|AlipayClient/i.test(userAgent) ? "mobile" : "desktop";
  return { device, ...(walletBrowser && { walletBrowser }), ...(country && { country }) };
}

function fits(capability: Capability, order: Order, where: ShopperSurroundings): boolean {
  return (
    (order.methods === null || order.methods.includes(capability.method)) &&
    capability.currencies.some((currency) => currency === order.currency) &&
    capability.captureMethods.includes(order.captureMethod) &&
    order.amount >= capability.minAmount &&
    order.amount <= capability.maxAmount &&
    capability.devices.includes(where.device) &&
    (capability.countries === "any" || !where.country || capability.countries.includes(where.country)) &&
    (capability.walletBrowser === undefined || capability.walletBrowser === where.walletBrowser)
  );
}

/** A wallet's own browser can't show its rival's pages, and a code on the screen can't be scanned from the same phone. */
function reachable(capability: Capability, where: ShopperSurroundings): boolean {
  if (where.walletBrowser && capability.method !== "card" && capability.method !== where.walletBrowser) return false;
  return !(where.walletBrowser === capability.method && capability.flow !== "wallet_sdk");
}

/**
 * The ways this order can be paid here and now, one offer a method and flow, the merchant's best account first. The
 * order of the list is the order on the checkout.
 */
export function offersFor(order: Order, accounts: readonly OpenAccount[], where: ShopperSurroundings): Offer[] {
  const offers: Offer[] = [];
  for (const open of accounts) {
    if (open.row.status !== "enabled") continue;
    for (const capability of open.channel.capabilities) {
      if (!open.row.methods.includes(capability.method)) continue;
      if (!fits(capability, order, where) || !reachable(capability, where)) continue;
      const { method, flow } = capability;
      if (offers.some((offer) => offer.method === method && offer.flow === flow)) continue;
      offers.push({ method, flow, capability, open });
    }
  }
  return offers.sort((a, b) => rank(a, where) - rank(b, where));
}

/** The likely one first: the wallet we stand in, then what the device does best. */
function rank(offer: Offer, where: ShopperSurroundings): number {
  if (offer.method === where.walletBrowser) return 0;
  const best: Flow = where.device === "mobile" ? "redirect" : "qr";
  return offer.flow === best ? 1 : offer.flow === "card_fields" ? 2 : 3;
}

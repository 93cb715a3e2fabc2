import type { Context } from "#db/tenancy";
import { type Attempt, attemptJson } from "#lib/attempts/attempt-json";
import { type Offer, offersFor, type ShopperSurroundings } from "#lib/attempts/choose-account";
import { attemptsOf } from "#lib/attempts/store";
import type { OpenAccount } from "#lib/channel-accounts/load-account";
import { type Locale, locales } from "#lib/kernel/locale";
import { minorToJson } from "#lib/kernel/money";
import { routableAccounts } from "#lib/maintenance/routable-accounts";
import { fitsMethodLimit } from "#lib/merchants/limits";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { mayTrade } from "#lib/merchants/may-trade";
import type { Order } from "#lib/orders/order-json";
import { getOrder } from "#lib/orders/store";

/** All that the shopper's page may know of an order: nothing about channels, fees, metadata or the merchant's numbers. */
export interface CheckoutView {
  readonly object: "checkout";
  readonly order: string;
  readonly livemode: boolean;
  /** As the shopper should see it: an order past its expiry is `expired` before the sweep has come by. */
  readonly status: Order["status"];
  readonly amount: number;
  /** Back with the shopper, as far as the channel has confirmed. */
  readonly amount_refunded: number;
  readonly currency: string;
  readonly subject: string;
  readonly description: string | null;
  readonly items: Order["items"];
  readonly merchant_order_no: string;
  readonly merchant: {
    readonly name: string;
    readonly logo: string | null;
    readonly color: string | null;
    readonly support_email: string | null;
    readonly support_phone: string | null;
    /** Those that the page may be read in, the first for shoppers who read none of them. */
    readonly languages: readonly Locale[];
  };
  readonly expires_at: string;
  readonly server_time: string;
  readonly paid_at: string | null;
  readonly return_url: string | null;
  /** False while the shop may take no payment at all, whatever the order. */
  readonly accepts_payments: boolean;
  readonly methods: readonly {
    readonly method: string;
    readonly flow: string;
    /** For `card_fields`: the provider's isolated page. */
    readonly frame_url?: string;
    readonly frame_origin?: string;
  }[];
  /** Methods that would be there but for announced maintenance. */
  readonly maintenance: readonly string[];
  readonly attempt: CheckoutAttempt | null;
}

export interface CheckoutAttempt {
  readonly id: string;
  readonly method: string;
  readonly flow: string;
  readonly status: Attempt["status"];
  readonly action: Record<string, unknown> | null;
  readonly decline_reason: string | null;
}

/** @throws NotFound when there is no such order */
export async function checkoutView(ctx: Context, orderId: string, where: ShopperSurroundings): Promise<CheckoutView> {
  const [merchant, accounts] = await Promise.all([loadMerchant(ctx), routableAccounts(ctx)]);
  const { order, latest } = await ctx.transaction(async (tx) => {
    const found = await getOrder(tx, orderId);
    const tries = found.latestAttemptId ? await attemptsOf(tx, found.id) : [];
    return { order: found, latest: tries.find((attempt) => attempt.id === found.latestAttemptId) };
  });
  const isOpen = order.status === "pending" || order.status === "processing";
  const status = isOpen && order.expiresAt <= ctx.now && !isBusy(latest) ? "expired" : order.status;
  const acceptsPayments = mayTrade(merchant, order.livemode);
  const isPayable = acceptsPayments && (status === "pending" || status === "processing");
  const offersOver = (some: readonly OpenAccount[]) =>
    (isPayable ? offersFor(order, some, where) : []).filter(({ method }) =>
      fitsMethodLimit(merchant.limits, { ...order, method }),
    );
  const offers = offersOver(accounts.open);
  const missing = offersOver(accounts.inMaintenance).map((offer) => offer.method as string);
  const maintenance = new Set(missing.filter((method) => !offers.some((offer) => offer.method === method)));
  return {
    object: "checkout",
    order: order.id,
    livemode: order.livemode,
    status,
    amount: minorToJson(order.amount),
    amount_refunded: minorToJson(order.amountRefunded),
    currency: order.currency,
    subject: order.subject,
    description: order.description,
    items: order.items,
    merchant_order_no: order.merchantOrderNo,
    merchant: {
      name: merchant.branding.displayName,
      logo: merchant.branding.logo ?? null,
      color: merchant.branding.color ?? null,
      support_email: merchant.branding.supportEmail ?? null,
      support_phone: merchant.branding.supportPhone ?? null,
      languages: merchant.branding.languages ?? locales,
    },
    expires_at: order.expiresAt.toISOString(),
    server_time: ctx.now.toISOString(),
    paid_at: order.paidAt?.toISOString() ?? null,
    return_url: order.returnUrl,
    accepts_payments: acceptsPayments,
    methods: offers.map(methodJson),
    maintenance: [...maintenance],
    attempt: latest ? checkoutAttempt(latest) : null,
  };
}

/** A payment may have gone through and only its news is late: do not tell the shopper that time is over. */
function isBusy(attempt: Attempt | undefined): boolean {
  return attempt?.status === "processing" || attempt?.status === "unknown";
}

function methodJson(offer: Offer) {
  const fields = offer.flow === "card_fields" ? offer.open.channel.cardFields?.(offer.open.account) : undefined;
  return {
    method: offer.method,
    flow: offer.flow,
    ...(fields && { frame_url: fields.frameUrl, frame_origin: fields.origin }),
  };
}

export function checkoutAttempt(attempt: Attempt): CheckoutAttempt {
  const { id, method, flow, status, action, decline_reason } = attemptJson(attempt);
  return { id, method, flow, status, action, decline_reason };
}

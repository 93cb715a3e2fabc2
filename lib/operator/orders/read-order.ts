import type { Context } from "#db/tenancy";
import { attemptsOf } from "#lib/attempts/store";
import { type Freeze, freezesOf } from "#lib/freezes/freeze-order";
import { NotFound } from "#lib/kernel/errors";
import { merchantIdOf } from "#lib/kernel/ids";
import { type Known, knownShopper } from "#lib/lists/known-shopper";
import { loadMerchant } from "#lib/merchants/load-merchant";
import type { Order } from "#lib/orders/order-json";
import { orderMode } from "#lib/orders/order-mode";
import { getOrder } from "#lib/orders/store";
import { orderTimeline, type TimelineEntry } from "#lib/orders/timeline";
import type { OperatorContext } from "../context.ts";
import { type Related, relatedTo } from "./related.ts";

/** The world that an order's id names, as the operator. @throws NotFound */
export async function worldOf(octx: OperatorContext, orderId: string): Promise<Context> {
  const merchantId = merchantIdOf("order", orderId);
  if (!merchantId) throw new NotFound("order");
  const ctx = octx.at(merchantId, false);
  return (await orderMode(ctx, orderId)) ? octx.at(merchantId, true) : ctx;
}

export interface PlatformOrderStory {
  readonly merchant: { readonly id: string; readonly name: string };
  readonly order: Order;
  readonly timeline: readonly TimelineEntry[];
  readonly freezes: readonly Freeze[];
  /** By what the shopper can be put on the platform's list. */
  readonly shopper: readonly Known[];
  readonly related: Related;
}

/** One order with everything that happened to it, whosever it is. @throws NotFound */
export async function readPlatformOrder(octx: OperatorContext, orderId: string): Promise<PlatformOrderStory> {
  const ctx = await worldOf(octx, orderId);
  const { name } = await loadMerchant(ctx);
  return ctx.transaction(async (tx) => {
    const order = await getOrder(tx, orderId);
    const attempts = (await attemptsOf(tx, orderId)).map(({ shopper, details }) => ({
      device: shopper.platform_browser,
      details,
    }));
    return {
      merchant: { id: ctx.merchantId, name },
      order,
      timeline: await orderTimeline(tx, orderId),
      freezes: await freezesOf(tx, orderId),
      // A customer's id is the merchant's own: at another merchant it is somebody else.
      shopper: knownShopper(order.customer, attempts).filter(({ kind }) => kind !== "customer"),
      related: octx.may("tickets:read") ? await relatedTo(tx, orderId) : { tickets: [], errorCases: [] },
    };
  });
}

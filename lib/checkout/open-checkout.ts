import { type Context, openContext } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { merchantIdOf } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { orderMode } from "#lib/orders/order-mode";
import { atTestTime } from "#lib/test-clock/at-test-time";

/**
 * The context of a shopper who holds a checkout's address: the order's merchant and mode, and nothing he could choose.
 *
 * @throws NotFound when the text is no order's id
 */
export async function openCheckout(input: {
  orderId: string;
  requestId: string;
  locale: Locale;
  ip?: string;
}): Promise<Context> {
  const merchantId = merchantIdOf("order", input.orderId);
  if (!merchantId) throw new NotFound("order");
  const actor = { type: "shopper", id: input.orderId, ...(input.ip && { ip: input.ip }) } as const;
  const ctx = openContext({ merchantId, livemode: false, actor, requestId: input.requestId, locale: input.locale });
  return atTestTime(ctx.with({ livemode: await orderMode(ctx, input.orderId) }));
}

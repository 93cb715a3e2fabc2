import type { Context } from "#db/tenancy";
import type { OpenAccount } from "#lib/channel-accounts/load-account";
import { getOrder } from "#lib/orders/store";
import { offersFor } from "./choose-account.ts";
import { MethodUnavailable } from "./errors.ts";
import type { StartAttempt } from "./start-attempt.ts";

const timeoutMs = 5_000;

/**
 * The provider's own name for the card behind a token, asked of the account that would be charged. Only asked while a
 * list names cards.
 *
 * @returns undefined when the provider knows no such card; the payment itself will say so
 * @throws MethodUnavailable when the provider does not answer: a blocked card must not slip through
 */
export async function cardFingerprint(
  ctx: Context,
  accounts: readonly OpenAccount[],
  { orderId, method, token, surroundings }: StartAttempt,
): Promise<string | undefined> {
  if (!token || method !== "card") return undefined;
  const order = await ctx.transaction((tx) => getOrder(tx, orderId));
  const offer = offersFor(order, accounts, surroundings).find((one) => one.method === "card");
  if (!offer?.open.channel.cardFingerprint) return undefined;
  const { channel, account } = offer.open;
  const found = await channel.cardFingerprint?.(account, token, { now: ctx.now, requestId: ctx.requestId, timeoutMs });
  if (found?.kind === "unknown") throw new MethodUnavailable(method);
  return found?.fingerprint;
}

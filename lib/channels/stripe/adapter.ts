import type { Channel, ChannelAccount, WireAnswer } from "../channel.ts";
import { stripeCapabilities } from "./capabilities.ts";
import { cardFingerprint } from "./card-fingerprint.ts";
import { credentialFields } from "./credential-fields.ts";
import { readNotification } from "./notification.ts";
import { capture, close, pay, query } from "./payments.ts";
import { probe } from "./probe.ts";
import { queryRefund, refund } from "./refunds.ts";
import { statement } from "./statement.ts";
import { type StripeCredentials, stripeCredentials } from "./wire.ts";

const stripeHost = "api.stripe.com";

/**
 * Cards over Stripe's PaymentIntents, through its own library. Stripe sends notifications to the webhook endpoint that the
 * account's console names, so `notifyUrl` is not on the wire.
 */
export const stripe: Channel<StripeCredentials> = {
  name: "stripe",
  label: { en: "Stripe", "zh-CN": "Stripe" },
  capabilities: stripeCapabilities,
  credentials: stripeCredentials,
  credentialFields,
  liveBaseUrl: `https://${stripeHost}`,
  // The same host: the key's prefix says test or live.
  sandboxBaseUrl: `https://${stripeHost}`,

  probe,
  pay,
  query,
  close,
  capture,
  refund,
  queryRefund,
  readNotification: async (account, raw, { now }) => readNotification(account, raw, now),
  acknowledge,
  statement,
  cardFingerprint,
  cardFields,
};

/** Any 2xx is "understood"; for everything else Stripe tries again for three days (docs.stripe.com/webhooks). */
function acknowledge(accepted: boolean): WireAnswer {
  return {
    status: accepted ? 200 : 400,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ received: accepted }),
  };
}

/**
 * Stripe lets its card fields run only inside its own script, so the real ones live in a small isolated page of ours that
 * loads nothing else; its address is relative and its origin ours, said as an empty text. A simulator serves a whole page.
 */
function cardFields(account: ChannelAccount<StripeCredentials>): { frameUrl: string; origin: string } {
  const key = encodeURIComponent(account.credentials.publishable_key);
  const url = new URL(account.browserUrl);
  if (url.hostname === stripeHost) return { frameUrl: `/pay/frames/stripe?key=${key}`, origin: "" };
  return { frameUrl: `${account.browserUrl}/elements/card?key=${key}`, origin: url.origin };
}

import type Stripe from "stripe";
import type { CallOptions, ChannelAccount } from "../channel.ts";
import { ask, type Lost, type Refusal } from "./client.ts";
import type { StripeCredentials } from "./wire.ts";

/** What `readNotification` follows. `payment_intent.created` is not among them: it says nothing that our own call did not. */
export const followedEvents = [
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "payment_intent.processing",
  "payment_intent.canceled",
  "payment_intent.amount_capturable_updated",
  "payment_intent.requires_action",
  "payment_intent.partially_funded",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.refund.updated",
] as const satisfies readonly Stripe.WebhookEndpointCreateParams.EnabledEvent[];

/**
 * Tells Stripe where to send notifications, as its console would: Stripe takes no address with a payment
 * (docs.stripe.com/api/webhook_endpoints/create). Each call makes an endpoint with a signing secret of its own.
 */
export async function createWebhookEndpoint(
  account: ChannelAccount<Omit<StripeCredentials, "webhook_secret">>,
  notifyUrl: string,
  options: CallOptions,
): Promise<{ readonly kind: "created"; readonly signingSecret: string | undefined } | Refusal | Lost> {
  const credentials = { ...account.credentials, webhook_secret: "" };
  const answer = await ask({ ...account, credentials }, options, (stripe, requestOptions) =>
    stripe.webhookEndpoints.create({ url: notifyUrl, enabled_events: [...followedEvents] }, requestOptions),
  );
  return answer.kind === "answered" ? { kind: "created", signingSecret: answer.value.secret } : answer;
}

import Stripe from "stripe";
import { BadNotification, type ChannelAccount, type ChannelNotification, type RawNotification } from "../channel.ts";
import { paymentOutcome, refundOutcome } from "./mapper.ts";
import { fromUnix, type StripeCredentials } from "./wire.ts";

const toleranceSeconds = 300;

/**
 * Verifies `Stripe-Signature` over the raw bytes (docs.stripe.com/webhooks/signature), then reads the event. Events about
 * objects without our metadata are somebody else's use of the same Stripe account, and are ignored.
 *
 * @throws BadNotification
 */
export function readNotification(
  account: ChannelAccount<StripeCredentials>,
  raw: RawNotification,
  now: Date,
): ChannelNotification {
  const event = verified(account.credentials.webhook_secret, raw, now);
  // The secret belongs to one endpoint of one mode; another mode's event means that the accounts were mixed up.
  if (event.livemode !== account.livemode) {
    throw new BadNotification("foreign_account", `event ${event.id} is of the other mode`);
  }
  return read(event) ?? { kind: "ignored", eventId: event.id, type: event.type };
}

function verified(secret: string, raw: RawNotification, now: Date): Stripe.Event {
  const signature = raw.headers["stripe-signature"];
  if (!signature) throw new BadNotification("signature", "no Stripe-Signature header");
  let event: Stripe.Event;
  try {
    event = Stripe.webhooks.constructEvent(raw.body, signature, secret, toleranceSeconds, undefined, now.getTime());
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
      throw new BadNotification("malformed", "the body is no Stripe event", { cause: error });
    }
    // The library checks the signature first, so a message about time speaks of a signature that was right.
    const stale = error.message.includes("tolerance zone");
    throw new BadNotification(stale ? "stale" : "signature", error.message, { cause: error });
  }
  if (typeof event?.id !== "string" || typeof event.type !== "string" || typeof event.data?.object !== "object") {
    throw new BadNotification("malformed", "the body is no Stripe event");
  }
  return event;
}

function read(event: Stripe.Event): ChannelNotification | undefined {
  const at = fromUnix(event.created);
  switch (event.type) {
    case "payment_intent.succeeded":
    case "payment_intent.payment_failed":
    case "payment_intent.processing":
    case "payment_intent.canceled":
    case "payment_intent.amount_capturable_updated":
    case "payment_intent.requires_action":
    case "payment_intent.partially_funded": {
      const intent = event.data.object;
      const { reference } = intent.metadata;
      if (!reference) return undefined;
      return { kind: "payment", eventId: event.id, reference, outcome: paymentOutcome(intent, at) };
    }
    // Stripe sends both families for the same change; whichever comes, the refund's own status decides.
    case "refund.created":
    case "refund.updated":
    case "refund.failed":
    case "charge.refund.updated": {
      const refund = event.data.object;
      const refundReference = refund.metadata?.refund;
      if (!refundReference) return undefined;
      return { kind: "refund", eventId: event.id, refundReference, outcome: refundOutcome(refund, at) };
    }
    default:
      return undefined;
  }
}

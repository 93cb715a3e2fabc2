import type Stripe from "stripe";
import { z } from "zod";

/** As Stripe's dashboard shows them: two API keys and the signing secret of the webhook endpoint. */
export const stripeCredentials = z.strictObject({
  secret_key: z.string().min(1),
  publishable_key: z.string().min(1),
  /** Used as it is, `whsec_` included: it is no base64. */
  webhook_secret: z.string().min(1),
});
export type StripeCredentials = z.infer<typeof stripeCredentials>;

/**
 * What we write on Stripe's objects, so that a payment or refund whose answer was lost can be found by our own id. Stripe
 * copies a PaymentIntent's metadata to its charge, which is what a balance transaction points at.
 */
export interface PaymentMetadata extends Stripe.MetadataParam {
  reference: string;
  order: string;
}
export interface RefundMetadata extends Stripe.MetadataParam {
  reference: string;
  refund: string;
}

/** An expandable field as an object, or undefined when Stripe sent only its id. */
export function expanded<T extends object>(field: string | T | null | undefined): T | undefined {
  return typeof field === "object" && field !== null ? field : undefined;
}

export function idOf(field: string | { id: string } | null | undefined): string | undefined {
  return typeof field === "string" ? field : field?.id;
}

export function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000);
}

export function toUnix(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

import type Stripe from "stripe";
import type { CardBehaviour } from "./payment-methods.ts";

// The official package's declarations describe the wire; nothing of it runs here.
export type PaymentIntent = Stripe.PaymentIntent;
export type Charge = Stripe.Charge;
export type Refund = Stripe.Refund;
export type Dispute = Stripe.Dispute;
export type PaymentMethod = Stripe.PaymentMethod;
export type BalanceTransaction = Stripe.BalanceTransaction;
export type EventType = Stripe.Event["type"];

/** The version whose shapes are spoken, whatever version a request names. */
export const apiVersion = "2026-10-28.endive";

/** What the API never shows of a payment intent. */
export interface HiddenIntent {
  readonly challenge?: { readonly secret: string; readonly returnUrl: string };
}

export interface HiddenCharge {
  readonly card: string;
}

/** Which body and which hidden part each kind of object has. */
export interface Kinds {
  payment_intent: { body: PaymentIntent; hidden: HiddenIntent };
  charge: { body: Charge; hidden: HiddenCharge };
  refund: { body: Refund; hidden: null };
  dispute: { body: Dispute; hidden: null };
  payment_method: { body: PaymentMethod; hidden: CardBehaviour };
  balance_transaction: { body: BalanceTransaction; hidden: null };
}
export type Kind = keyof Kinds;
export type Body<K extends Kind> = Kinds[K]["body"];
export type Hidden<K extends Kind> = Kinds[K]["hidden"];

export interface Stored<K extends Kind> {
  readonly body: Body<K>;
  readonly hidden: Hidden<K>;
}

export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

/** References are stored unexpanded, so that an id is always a text. */
export function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === "string" ? reference : reference?.id;
}

export function referenceOf(body: { metadata?: Stripe.Metadata | null }): string | undefined {
  return body.metadata?.reference;
}

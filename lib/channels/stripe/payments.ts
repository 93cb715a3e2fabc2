import type Stripe from "stripe";
import type { Money } from "#lib/kernel/money";
import type {
  CallOptions,
  CaptureOutcome,
  ChannelAccount,
  CloseOutcome,
  PaymentReference,
  PayOutcome,
  PayRequest,
  QueryOutcome,
  Unknown,
} from "../channel.ts";
import { fromWire, toWire } from "./amounts.ts";
import { ask, type Lost } from "./client.ts";
import { findPayment } from "./find-payment.ts";
import { paymentOutcome, refusedPayment } from "./mapper.ts";
import type { PaymentMetadata, StripeCredentials } from "./wire.ts";

type Account = ChannelAccount<StripeCredentials>;

/** Creates and confirms a PaymentIntent in one call (docs.stripe.com/api/payment_intents/create). */
export async function pay(account: Account, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const amount = toWire(request.amount);
  if (amount === undefined) return notSent("amount_not_representable");
  if (request.shopper.token === undefined) return notSent("payment_method_missing");
  const create: Stripe.PaymentIntentCreateParams = {
    amount,
    currency: request.amount.currency.toLowerCase(),
    payment_method: request.shopper.token,
    // The name since API version 2026-09-30; `payment_method_types` is only in the answer now.
    allowed_payment_method_types: ["card"],
    capture_method: request.captureMethod,
    confirm: true,
    return_url: request.returnUrl,
    description: request.subject,
    metadata: { reference: request.reference, order: request.orderId } satisfies PaymentMetadata,
    expand: ["latest_charge"],
  };
  const answer = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentIntents.create(create, { ...requestOptions, idempotencyKey: request.reference }),
  );
  switch (answer.kind) {
    case "answered":
      return payOutcome(paymentOutcome(answer.value));
    case "refused":
      return refusedPayment(answer);
    case "lost":
      return unknown(answer);
  }
}

function notSent(providerCode: string): PayOutcome {
  return { kind: "declined", reason: "method_unavailable", providerCode };
}

/** A replayed answer can only be what Stripe said at first; a payment that is gone by then is a matter for query. */
function payOutcome(outcome: QueryOutcome): PayOutcome {
  if (outcome.kind === "closed" || outcome.kind === "absent") {
    return { kind: "unknown", cause: `a new payment is already ${outcome.kind}` };
  }
  return outcome;
}

export async function query(account: Account, payment: PaymentReference, options: CallOptions): Promise<QueryOutcome> {
  const found = await findPayment(account, payment, options);
  switch (found.kind) {
    case "found":
      return paymentOutcome(found.intent);
    case "absent":
      return { kind: "absent" };
    case "lost":
      return unknown(found);
  }
}

/** Cancelling is for every state but `processing`, `succeeded` and `canceled`; an authorisation is voided by it. */
export async function close(account: Account, payment: PaymentReference, options: CallOptions): Promise<CloseOutcome> {
  const found = await findPayment(account, payment, options);
  if (found.kind === "lost") return unknown(found);
  // Only we can make a payment with our reference, so what Stripe has not seen nobody can pay.
  if (found.kind === "absent") return { kind: "closed" };
  const { intent } = found;
  if (intent.status === "succeeded") return { kind: "paid" };
  if (intent.status === "canceled") return { kind: "closed" };
  const answer = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentIntents.cancel(intent.id, {}, requestOptions),
  );
  switch (answer.kind) {
    case "answered":
      return { kind: "closed" };
    case "lost":
      return unknown(answer);
    case "refused":
      return whereItStands(account, { ...payment, providerReference: intent.id }, options);
  }
}

/** Between our look and our cancel the payment moved on. */
async function whereItStands(account: Account, payment: PaymentReference, options: CallOptions): Promise<CloseOutcome> {
  const found = await findPayment(account, payment, options);
  if (found.kind !== "found") return { kind: "unknown", cause: found.kind === "lost" ? found.cause : "absent" };
  switch (found.intent.status) {
    case "succeeded":
      return { kind: "paid" };
    case "canceled":
      return { kind: "closed" };
    default:
      return { kind: "unknown", cause: `cannot be canceled while ${found.intent.status}` };
  }
}

/** Takes an authorised amount or a part of it; Stripe releases the rest, and takes a second capture for an error. */
export async function capture(
  account: Account,
  payment: PaymentReference,
  captureAmount: Money,
  options: CallOptions,
): Promise<CaptureOutcome> {
  const amount = toWire(captureAmount);
  if (amount === undefined) return { kind: "refused", providerCode: "amount_not_representable" };
  const found = await findPayment(account, payment, options);
  if (found.kind === "lost") return unknown(found);
  if (found.kind === "absent") return { kind: "refused", providerCode: "resource_missing" };
  const { id } = found.intent;
  const already = captured(found.intent, options.now);
  if (already) return already;
  const answer = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentIntents.capture(id, { amount_to_capture: amount }, requestOptions),
  );
  switch (answer.kind) {
    case "answered":
      return captured(answer.value, options.now) ?? { kind: "unknown", cause: `captured, but ${answer.value.status}` };
    case "refused":
      return { kind: "refused", providerCode: answer.code ?? answer.type ?? `http_${answer.status}` };
    case "lost":
      return unknown(answer);
  }
}

/** An earlier capture whose answer was lost reads the same; its amount is what Stripe really took. */
function captured(intent: Stripe.PaymentIntent, at: Date): CaptureOutcome | undefined {
  if (intent.status !== "succeeded") return undefined;
  return { kind: "captured", amount: fromWire(intent.amount_received, intent.currency), at };
}

export function unknown(lost: Lost): Unknown {
  return { kind: "unknown", cause: lost.cause };
}

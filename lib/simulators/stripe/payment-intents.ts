import { challenge } from "./authentication.ts";
import { attemptCharge, settleCapture } from "./charges.ts";
import { checkAmount } from "./currencies.ts";
import { invalidRequest, missing } from "./errors.ts";
import { newId, randomText } from "./ids.ts";
import type { CancelIntent, CaptureIntent, ConfirmIntent, CreateIntent } from "./params.ts";
import { takePaymentMethod } from "./payment-methods.ts";
import { cardErrorReply, type Reply } from "./reply.ts";
import { lockObject, objectsOfIntent } from "./store.ts";
import { cardByName } from "./test-cards.ts";
import { type PaymentIntent, referenceOf, type Stored, seconds } from "./wire.ts";
import type { Call } from "./work.ts";

type Intent = PaymentIntent & { object: "payment_intent" };

export async function createPaymentIntent(call: Call, params: CreateIntent): Promise<Reply> {
  checkAmount(params.amount, params.currency);
  if (params.allowed_payment_method_types && params.automatic_payment_methods?.enabled) {
    throw invalidRequest(
      "You may only specify one of these parameters: allowed_payment_method_types, automatic_payment_methods.",
      { code: "parameters_exclusive" },
    );
  }
  if (params.allowed_payment_method_types && !params.allowed_payment_method_types.includes("card")) {
    throw invalidRequest("None of the allowed payment method types is activated for this account.", {
      param: "allowed_payment_method_types",
    });
  }
  if (params.statement_descriptor) {
    throw invalidRequest("For card payments, use statement_descriptor_suffix instead of statement_descriptor.", {
      param: "statement_descriptor",
    });
  }
  const intent = intentOf(call, params);
  call.work.emit("payment_intent.created", intent, [referenceOf(intent)]);
  call.work.put<"payment_intent">(intent, {});
  if (params.confirm) return confirm(call, { body: intent, hidden: {} }, params);
  if (params.return_url) {
    throw invalidRequest("`return_url` may only be given together with `confirm`.", { param: "return_url" });
  }
  if (params.payment_method) {
    await takePaymentMethod(call, params.payment_method);
    intent.payment_method = params.payment_method;
    intent.status = "requires_confirmation";
  }
  return { status: 200, body: intent };
}

export async function confirmPaymentIntent(call: Call, id: string, params: ConfirmIntent): Promise<Reply> {
  const stored = await locked(call, id);
  return confirm(call, stored, params);
}

async function confirm(call: Call, stored: Stored<"payment_intent">, params: ConfirmIntent): Promise<Reply> {
  const intent = stored.body as Intent;
  requireStatus(intent, "confirm", ["requires_payment_method", "requires_confirmation", "requires_action"]);
  if (params.payment_method_data !== undefined) {
    throw invalidRequest("Card details may not be sent with a secret key. Make a PaymentMethod in the browser.", {
      param: "payment_method_data",
    });
  }
  const methodId = params.payment_method ?? (intent.payment_method as string | null);
  if (!methodId)
    throw unexpectedState(intent, "You cannot confirm this PaymentIntent because it's missing a payment method.");
  if (intent.automatic_payment_methods?.allow_redirects === "always" && !params.return_url) {
    throw invalidRequest("A `return_url` is needed: the enabled payment methods may redirect your customer.");
  }
  if (params.capture_method) intent.capture_method = params.capture_method;
  const { method, card } = await takePaymentMethod(call, methodId);
  intent.payment_method = method.id;
  intent.last_payment_error = null;

  let { decline } = card;
  if (card.threeDSecure === "required" && !card.decline?.blocked) {
    if (params.off_session) decline = { code: "authentication_required", declineCode: "authentication_required" };
    else if (params.error_on_requires_action) {
      decline = { code: "authentication_required", declineCode: "authentication_not_handled" };
    } else {
      const hidden = challenge(call, intent, params.return_url);
      call.work.put<"payment_intent">(intent, hidden);
      return { status: 200, body: intent };
    }
  }
  const error = await attemptCharge(call, { intent, method, card, decline, authentication: "none" });
  call.work.put<"payment_intent">(intent, {});
  return error ? cardErrorReply({ ...error, payment_intent: intent }) : { status: 200, body: intent };
}

export async function capturePaymentIntent(call: Call, id: string, params: CaptureIntent): Promise<Reply> {
  const { body: intent, hidden } = await locked(call, id);
  requireStatus(intent, "capture", ["requires_capture"]);
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalidRequest("The amount to capture must be positive and no more than the authorized amount.", {
      code: amount < 1 ? "parameter_invalid_integer" : "amount_too_large",
      param: "amount_to_capture",
    });
  }
  const charge = await authorizedCharge(call, intent);
  settleCapture(call, charge.body, amount, cardByName(charge.hidden.card).availableAtOnce ?? false);
  // What was authorised and not captured goes back to the card, and reads as refunded.
  charge.body.amount_refunded = charge.body.amount - amount;
  if (params.metadata) intent.metadata = { ...intent.metadata, ...params.metadata };
  intent.status = "succeeded";
  intent.amount_capturable = 0;
  intent.amount_received = amount;
  call.work.put<"charge">(charge.body as typeof charge.body & { object: "charge" }, charge.hidden);
  call.work.put<"payment_intent">(intent, hidden);
  call.work.emit("charge.captured", charge.body, [referenceOf(intent)]);
  call.work.emit("payment_intent.succeeded", intent, [referenceOf(intent)]);
  return { status: 200, body: intent };
}

export async function cancelPaymentIntent(call: Call, id: string, params: CancelIntent): Promise<Reply> {
  const stored = await locked(call, id);
  requireStatus(stored.body, "cancel", [
    "requires_payment_method",
    "requires_capture",
    "requires_confirmation",
    "requires_action",
    "processing",
  ]);
  await cancel(call, stored, params.cancellation_reason ?? null);
  return { status: 200, body: stored.body };
}

/** Ends an intent; the money held by an authorisation goes back to the card. */
export async function cancel(
  call: Call,
  stored: Stored<"payment_intent">,
  reason: PaymentIntent["cancellation_reason"],
): Promise<void> {
  const { body: intent, hidden } = stored;
  if (intent.status === "requires_capture") {
    const charge = await authorizedCharge(call, intent);
    charge.body.amount_refunded = charge.body.amount;
    charge.body.refunded = true;
    call.work.put<"charge">(charge.body, charge.hidden);
    call.work.emit(reason === "automatic" ? "charge.expired" : "charge.refunded", charge.body, [referenceOf(intent)]);
  }
  intent.status = "canceled";
  intent.amount_capturable = 0;
  intent.canceled_at = seconds(call.now);
  intent.cancellation_reason = reason;
  intent.next_action = null;
  call.work.put<"payment_intent">(intent, hidden);
  call.work.emit("payment_intent.canceled", intent, [referenceOf(intent)]);
}

async function authorizedCharge(call: Call, intent: PaymentIntent): Promise<Stored<"charge">> {
  const charges = await objectsOfIntent(call.tx, "charge", intent.id);
  const charge = charges.find(({ body }) => body.id === intent.latest_charge);
  if (!charge) throw new Error(`${intent.id} waits for a capture but has no charge`);
  return charge;
}

async function locked(call: Call, id: string): Promise<Stored<"payment_intent">> {
  const stored = await lockObject(call.tx, call.account.id, "payment_intent", id);
  if (!stored) throw missing("payment_intent", id, "intent");
  return stored;
}

function requireStatus(intent: PaymentIntent, verb: string, allowed: readonly PaymentIntent["status"][]): void {
  if (allowed.includes(intent.status)) return;
  throw unexpectedState(
    intent,
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of ` +
      `the following statuses may be used for this: ${allowed.join(", ")}.`,
  );
}

function unexpectedState(intent: PaymentIntent, message: string) {
  return invalidRequest(message, { code: "payment_intent_unexpected_state", payment_intent: intent });
}

function intentOf(call: Call, params: CreateIntent): Intent {
  const id = newId("payment_intent");
  const automatic = params.automatic_payment_methods;
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: (params.allowed_payment_method_types ??
      null) as PaymentIntent["allowed_payment_method_types"],
    amount: params.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automatic?.enabled
      ? { enabled: true, allow_redirects: automatic.allow_redirects ?? "always" }
      : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.capture_method ?? "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: params.confirmation_method,
    created: seconds(call.now),
    currency: params.currency,
    customer: null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: params.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email || null,
    review: null,
    setup_future_usage: params.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: params.transfer_group ?? null,
  };
}

import { move, processingFee } from "./balance.ts";
import { openDispute } from "./disputes.ts";
import { docUrl, type ErrorBody } from "./errors.ts";
import { newId, randomText } from "./ids.ts";
import { markUsed } from "./payment-methods.ts";
import type { Decline, TestCard } from "./test-cards.ts";
import { type Charge, type PaymentIntent, type PaymentMethod, referenceOf, seconds } from "./wire.ts";
import type { Call } from "./work.ts";

/** An uncaptured card authorisation lapses after seven days. */
const authorizationMs = 7 * 86_400_000;

export interface Attempt {
  readonly intent: PaymentIntent;
  readonly method: PaymentMethod;
  readonly card: TestCard;
  readonly decline: Decline | undefined;
  readonly authentication: "authenticated" | "none";
}

const adviceCodes: Readonly<Record<string, string>> = {
  insufficient_funds: "try_again_later",
  processing_error: "try_again_later",
  card_velocity_exceeded: "try_again_later",
  incorrect_cvc: "confirm_card_data",
  incorrect_number: "confirm_card_data",
  expired_card: "do_not_try_again",
  lost_card: "do_not_try_again",
  stolen_card: "do_not_try_again",
};

const messages: Readonly<Record<string, string>> = {
  insufficient_funds: "Your card has insufficient funds.",
  expired_card: "Your card has expired.",
  incorrect_cvc: "Your card's security code is incorrect.",
  incorrect_number: "Your card number is incorrect.",
  processing_error: "An error occurred while processing your card. Try again in a little bit.",
  authentication_required: "Your card was declined. This transaction requires authentication.",
};

/**
 * Asks the "issuer" for the money and changes the intent accordingly.
 *
 * @returns the decline to answer with, or undefined after an approval
 */
export async function attemptCharge(call: Call, attempt: Attempt): Promise<ErrorBody | undefined> {
  const { intent } = attempt;
  if (attempt.decline) return declineCharge(call, attempt, attempt.decline);

  const wrongAmount = await call.fault(["wrong_amount"], [referenceOf(intent)]);
  if (wrongAmount?.amount) intent.amount = wrongAmount.amount;
  intent.last_payment_error = null;
  intent.next_action = null;
  markUsed(call, attempt.method, attempt.card);
  return intent.capture_method === "manual" ? authorize(call, attempt) : collect(call, attempt);
}

function authorize(call: Call, attempt: Attempt): undefined {
  const { intent } = attempt;
  const charge = chargeOf(call, attempt);
  charge.captured = false;
  intent.status = "requires_capture";
  intent.amount_capturable = intent.amount;
  intent.latest_charge = charge.id;
  call.work.put<"charge">(charge, { card: attempt.card.name });
  call.work.emit("charge.succeeded", charge, [referenceOf(intent)]);
  call.work.emit("payment_intent.amount_capturable_updated", intent, [referenceOf(intent)]);
  call.work.later("authorization_expires", intent.id, authorizationMs);
}

function collect(call: Call, attempt: Attempt): undefined {
  const { intent, card } = attempt;
  const charge = chargeOf(call, attempt);
  settleCapture(call, charge, intent.amount, card.availableAtOnce ?? false);
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  call.work.put<"charge">(charge, { card: card.name });
  call.work.emit("charge.succeeded", charge, [referenceOf(intent)]);
  call.work.emit("payment_intent.succeeded", intent, [referenceOf(intent)]);
  if (card.dispute) openDispute(call, charge, card.dispute);
}

/** Marks `amount` of the charge as captured and books it less the fee. */
export function settleCapture(call: Call, charge: Charge, amount: number, availableAtOnce: boolean): void {
  charge.captured = true;
  charge.amount_captured = amount;
  charge.balance_transaction = move(call, {
    type: "charge",
    amount,
    fee: processingFee(amount),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    availableAtOnce,
  });
}

function declineCharge(call: Call, attempt: Attempt, decline: Decline): ErrorBody {
  const { intent, method } = attempt;
  const charge = chargeOf(call, attempt);
  const message = messages[decline.declineCode] ?? "Your card was declined.";
  const advice = adviceCodes[decline.declineCode];
  charge.status = "failed";
  charge.paid = false;
  charge.captured = false;
  charge.failure_code = decline.code;
  charge.failure_message = message;
  charge.outcome = {
    advice_code: (advice ?? null) as NonNullable<Charge["outcome"]>["advice_code"],
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline.blocked ? "not_sent_to_network" : "declined_by_network",
    reason: decline.blocked ? "highest_risk_level" : decline.declineCode,
    risk_level: decline.blocked ? "highest" : "normal",
    seller_message: decline.blocked ? "Blocked as too risky." : "The bank declined the payment.",
    type: decline.blocked ? "blocked" : "issuer_declined",
  };
  call.work.put<"charge">(charge, { card: attempt.card.name });
  call.work.emit("charge.failed", charge, [referenceOf(intent)]);
  const error = {
    ...(advice && { advice_code: advice }),
    charge: charge.id,
    code: decline.code,
    decline_code: decline.declineCode,
    doc_url: docUrl(decline.code),
    message,
    payment_method: method,
    type: "card_error" as const,
  };
  intent.latest_charge = charge.id;
  failIntent(call, intent, error);
  return error;
}

/** Back to the start: the intent keeps why it failed and takes another payment method. */
export function failIntent(call: Call, intent: PaymentIntent, error: ErrorBody): void {
  intent.status = "requires_payment_method";
  intent.last_payment_error = error as PaymentIntent["last_payment_error"];
  intent.next_action = null;
  intent.payment_method = null;
  call.work.emit("payment_intent.payment_failed", intent, [referenceOf(intent)]);
}

function chargeOf(call: Call, attempt: Attempt): Charge & { object: "charge" } {
  const { intent, method } = attempt;
  return {
    id: newId("charge"),
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: call.account.label.toUpperCase().slice(0, 22),
    captured: false,
    created: seconds(call.now),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      risk_score: 12,
      seller_message: "Payment complete.",
      type: "authorized",
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(call, attempt), type: "card" },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: "succeeded",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

function cardDetails(call: Call, attempt: Attempt): NonNullable<NonNullable<Charge["payment_method_details"]>["card"]> {
  const card = attempt.method.card;
  const authenticated = attempt.authentication === "authenticated";
  return {
    amount_authorized: attempt.decline ? null : attempt.intent.amount,
    authorization_code: attempt.decline ? null : randomText(6).toUpperCase(),
    brand: attempt.card.brand,
    ...(attempt.intent.capture_method === "manual" && {
      capture_before: seconds(call.now) + authorizationMs / 1000,
    }),
    checks: {
      address_line1_check: null,
      address_postal_code_check: card?.checks?.address_postal_code_check ?? null,
      cvc_check: attempt.decline?.code === "incorrect_cvc" ? "fail" : card?.checks?.cvc_check ? "pass" : null,
    },
    country: attempt.card.country,
    electronic_commerce_indicator: authenticated ? "05" : null,
    exp_month: card?.exp_month ?? 0,
    exp_year: card?.exp_year ?? 0,
    fingerprint: card?.fingerprint ?? null,
    funding: attempt.card.funding,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: attempt.card.brand,
    network_transaction_id: randomText(15),
    regulated_status: "unregulated",
    three_d_secure: authenticated
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: crypto.randomUUID(),
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}

import { hmacSha256 } from "#lib/kernel/crypto";
import { cardRules } from "./card-rules.ts";
import { invalidRequest, missing, StripeError } from "./errors.ts";
import { newId } from "./ids.ts";
import type { CreatePaymentMethod } from "./params.ts";
import type { Reply } from "./reply.ts";
import { lockObject } from "./store.ts";
import { cardByName, cardByNumber, cardByPaymentMethod, type TestCard } from "./test-cards.ts";
import { type PaymentMethod, seconds } from "./wire.ts";
import type { Call } from "./work.ts";

/** What is kept of a card instead of its number. */
export interface CardBehaviour {
  readonly card: string;
  /** Without a customer a payment method pays once. */
  readonly used: boolean;
}

const rules = cardRules();

const displayNames: Readonly<Record<string, string>> = {
  amex: "american_express",
  diners: "diners_club",
  unionpay: "union_pay",
};

/** Turns a typed card into a token. The number leaves no trace but brand, last four digits and a keyed fingerprint. */
export async function createPaymentMethod(call: Call, params: CreatePaymentMethod): Promise<Reply> {
  const number = params.card.number.replace(/[\s-]/g, "");
  const month = Number(params.card.exp_month);
  const year = fullYear(params.card.exp_year);
  checkCard(number, month, year, params.card.cvc, call.now);
  const card = cardByNumber(number);
  if (!card)
    throw cardError("card_declined", "test_mode_live_card", "Your card was declined: test keys take test cards only.");

  const details = { number, month, year, hasCvc: params.card.cvc !== undefined };
  const method = paymentMethodOf(call, card, details, params.billing_details);
  method.metadata = params.metadata ?? {};
  call.work.put<"payment_method">(method, { card: card.name, used: false });
  return { status: 200, body: method };
}

/**
 * The card behind `pm_…`: one made by a browser, or a ready-made one like `pm_card_visa`, of which each use makes a copy.
 *
 * @throws StripeError when it does not exist or has paid before
 */
export async function takePaymentMethod(call: Call, id: string): Promise<{ method: PaymentMethod; card: TestCard }> {
  const readyMade = cardByPaymentMethod(id);
  if (readyMade) {
    const details = {
      number: readyMade.number,
      month: call.now.getUTCMonth() + 1,
      year: call.now.getUTCFullYear() + 1,
      hasCvc: false,
    };
    const method = paymentMethodOf(call, readyMade, details);
    call.work.put<"payment_method">(method, { card: readyMade.name, used: false });
    return { method, card: readyMade };
  }
  const found = await lockObject(call.tx, call.account.id, "payment_method", id);
  if (!found) throw missing("PaymentMethod", id, "payment_method");
  if (found.hidden.used) {
    throw invalidRequest(
      "This PaymentMethod was used for an earlier payment without a Customer and may not be used again.",
      {
        param: "payment_method",
      },
    );
  }
  return { method: found.body, card: cardByName(found.hidden.card) };
}

export function markUsed(call: Call, method: PaymentMethod, card: TestCard): void {
  call.work.put<"payment_method">(method, { card: card.name, used: true });
}

interface CardDetails {
  readonly number: string;
  readonly month: number;
  readonly year: number;
  readonly hasCvc: boolean;
}

function paymentMethodOf(
  call: Call,
  card: TestCard,
  details: CardDetails,
  billing?: CreatePaymentMethod["billing_details"],
): PaymentMethod & { object: "payment_method" } {
  const address = billing?.address;
  return {
    id: newId("payment_method"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: {
      address: {
        city: address?.city ?? null,
        country: address?.country ?? null,
        line1: address?.line1 ?? null,
        line2: address?.line2 ?? null,
        postal_code: address?.postal_code ?? null,
        state: address?.state ?? null,
      },
      email: billing?.email ?? null,
      name: billing?.name ?? null,
      phone: billing?.phone ?? null,
      tax_id: null,
    },
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: address?.postal_code ? "pass" : null,
        cvc_check: details.hasCvc ? "unchecked" : null,
      },
      country: card.country,
      display_brand: displayNames[card.brand] ?? card.brand,
      exp_month: details.month,
      exp_year: details.year,
      // Keyed, because sixteen digits are guessed quickly from a plain hash.
      fingerprint: hmacSha256(call.account.secretKey, details.number)
        .toString("base64url")
        .replace(/[-_]/g, "0")
        .slice(0, 16),
      funding: card.funding,
      generated_from: null,
      last4: details.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: seconds(call.now),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}

function checkCard(number: string, month: number, year: number, cvc: string | undefined, now: Date): void {
  if (!/^\d+$/.test(number))
    throw cardError("invalid_number", undefined, "The card number is not a valid credit card number.", "number");
  if (!rules.isValidNumber(number)) {
    throw cardError("incorrect_number", undefined, "Your card number is incorrect.", "number");
  }
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw cardError("invalid_expiry_month", undefined, "Your card's expiration month is invalid.", "exp_month");
  }
  if (!Number.isInteger(year) || year > now.getUTCFullYear() + 50 || rules.isExpired(month, year, now)) {
    throw cardError("invalid_expiry_year", undefined, "Your card's expiration year is invalid.", "exp_year");
  }
  // Only the length that no card has is refused: American Express also takes the three digits on the back.
  const longest = rules.cvcLengthOf(rules.brandOf(number));
  if (cvc !== undefined && !(/^\d{3,4}$/.test(cvc) && cvc.length <= longest)) {
    throw cardError("invalid_cvc", undefined, "Your card's security code is invalid.", "cvc");
  }
}

function fullYear(text: string): number {
  return /^\d{2}$/.test(text) ? 2000 + Number(text) : Number(text);
}

function cardError(code: string, declineCode: string | undefined, message: string, param?: string): StripeError {
  return new StripeError(402, { type: "card_error", code, decline_code: declineCode, message, param });
}

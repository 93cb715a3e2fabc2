import type { Brand } from "./card-rules.ts";

export interface Decline {
  readonly code: string;
  readonly declineCode: string;
  /** Blocked by the provider's own risk rules before the network saw it. */
  readonly blocked?: boolean;
}

export interface TestCard {
  /** Stable name; kept with a payment method instead of the number. */
  readonly name: string;
  readonly number: string;
  /** The ready-made payment methods that stand for this card. */
  readonly paymentMethods: readonly string[];
  readonly brand: Brand;
  readonly funding: "credit" | "debit" | "prepaid";
  readonly country: string;
  readonly decline?: Decline;
  /** `required`: every payment must be authenticated; the decline, if any, comes afterwards. */
  readonly threeDSecure?: "required" | "optional";
  readonly dispute?: "fraudulent" | "product_not_received" | "inquiry";
  readonly refund?: "fails_later" | "succeeds_later";
  readonly availableAtOnce?: boolean;
}

type Extra = Partial<Omit<TestCard, "name" | "number" | "paymentMethods">>;

function card(name: string, number: string, paymentMethods: string, extra: Extra = {}): TestCard {
  const ids = paymentMethods
    .split(" ")
    .filter(Boolean)
    .map((suffix) => `pm_card_${suffix}`);
  return { name, number, paymentMethods: ids, brand: "visa", funding: "credit", country: "US", ...extra };
}

function declined(declineCode: string, code = "card_declined"): { decline: Decline } {
  return { decline: { code, declineCode } };
}

const authenticated: Extra = { threeDSecure: "required", country: "IE" };

/** https://docs.stripe.com/testing: numbers, the payment methods that stand for them, and what each does. */
export const testCards: readonly TestCard[] = [
  card("visa", "4242424242424242", "visa"),
  card("visa_debit", "4000056655665556", "visa_debit", { funding: "debit" }),
  card("mastercard", "5555555555554444", "mastercard", { brand: "mastercard" }),
  card("mastercard_2_series", "2223003122003222", "", { brand: "mastercard" }),
  card("mastercard_debit", "5200828282828210", "mastercard_debit", { brand: "mastercard", funding: "debit" }),
  card("mastercard_prepaid", "5105105105105100", "mastercard_prepaid", { brand: "mastercard", funding: "prepaid" }),
  card("amex", "378282246310005", "amex amex_threeDSecureNotSupported", { brand: "amex" }),
  card("amex_2", "371449635398431", "", { brand: "amex" }),
  card("discover", "6011111111111117", "discover", { brand: "discover" }),
  card("discover_2", "6011000990139424", "", { brand: "discover" }),
  card("diners", "3056930009020004", "diners", { brand: "diners" }),
  card("diners_14", "36227206271667", "", { brand: "diners" }),
  card("jcb", "3566002020360505", "jcb", { brand: "jcb", country: "JP" }),
  card("unionpay", "6200000000000005", "unionpay", { brand: "unionpay", country: "CN" }),
  card("unionpay_debit", "6200000000000047", "", { brand: "unionpay", country: "CN", funding: "debit" }),
  card("unionpay_19", "6205500000000000004", "", { brand: "unionpay", country: "CN" }),
  card("china", "4000001560000002", "cn", { country: "CN" }),
  card("hong_kong", "4000003440000004", "hk", { country: "HK" }),

  card("generic_decline", "4000000000000002", "chargeDeclined visa_chargeDeclined", declined("generic_decline")),
  card(
    "insufficient_funds",
    "4000000000009995",
    "visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds",
    declined("insufficient_funds"),
  ),
  card("lost_card", "4000000000009987", "visa_chargeDeclinedLostCard", declined("lost_card")),
  card("stolen_card", "4000000000009979", "visa_chargeDeclinedStolenCard", declined("stolen_card")),
  card("expired_card", "4000000000000069", "chargeDeclinedExpiredCard", declined("expired_card", "expired_card")),
  card("incorrect_cvc", "4000000000000127", "chargeDeclinedIncorrectCvc", declined("incorrect_cvc", "incorrect_cvc")),
  card(
    "processing_error",
    "4000000000000119",
    "chargeDeclinedProcessingError",
    declined("processing_error", "processing_error"),
  ),
  card(
    "velocity_exceeded",
    "4000000000006975",
    "visa_chargeDeclinedVelocityLimitExceeded",
    declined("card_velocity_exceeded"),
  ),
  card("radar_block", "4100000000000019", "radarBlock", {
    decline: { code: "card_declined", declineCode: "fraudulent", blocked: true },
  }),

  card("three_d_secure_required", "4000000000003220", "threeDSecure2Required threeDSecureRequired", authenticated),
  card("authentication_required", "4000002760003184", "authenticationRequired", authenticated),
  card("authentication_unless_set_up", "4000002500003155", "authenticationRequiredOnSetup", authenticated),
  card("three_d_secure_declined", "4000008400001629", "threeDSecureRequiredChargeDeclined", {
    ...authenticated,
    ...declined("generic_decline"),
  }),
  card("three_d_secure_error", "4000008400001280", "threeDSecureRequiredProcessingError", {
    ...authenticated,
    ...declined("processing_error", "processing_error"),
  }),
  card(
    "three_d_secure_insufficient_funds",
    "4000008260003178",
    "authenticationRequiredChargeDeclinedInsufficientFunds",
    { ...authenticated, ...declined("insufficient_funds") },
  ),
  card("three_d_secure_optional", "4000000000003055", "threeDSecureOptional", { threeDSecure: "optional" }),

  card("dispute_fraudulent", "4000000000000259", "createDispute", { dispute: "fraudulent" }),
  card("dispute_not_received", "4000000000002685", "createDisputeProductNotReceived", {
    dispute: "product_not_received",
  }),
  card("dispute_inquiry", "4000000000001976", "createDisputeInquiry", { dispute: "inquiry" }),
  card("refund_succeeds_later", "4000000000007726", "pendingRefund", { refund: "succeeds_later" }),
  card("refund_fails_later", "4000000000005126", "refundFail", { refund: "fails_later" }),
  card("bypass_pending", "4000000000000077", "bypassPending", { availableAtOnce: true }),
];

const byNumber = new Map(testCards.map((entry) => [entry.number, entry]));
const byName = new Map(testCards.map((entry) => [entry.name, entry]));
const byPaymentMethod = new Map(testCards.flatMap((entry) => entry.paymentMethods.map((id) => [id, entry] as const)));

export const cardByNumber = (number: string): TestCard | undefined => byNumber.get(number);
export const cardByPaymentMethod = (id: string): TestCard | undefined => byPaymentMethod.get(id);

/** @throws Error for a name that no card has: names only come from our own rows */
export function cardByName(name: string): TestCard {
  const found = byName.get(name);
  if (!found) throw new Error(`no test card is called ${name}`);
  return found;
}

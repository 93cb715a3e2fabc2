import type { CurrencyCode } from "#lib/kernel/currency";
import type { Capability } from "../channel.ts";

interface Limits {
  readonly currencies: readonly CurrencyCode[];
  /** Minor units of each of the currencies. */
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
}

/** Stripe's amount field holds eight digits, for IDR twelve (docs.stripe.com/currencies, minimum and maximum amounts). */
const eightDigits = 99_999_999n;

/**
 * Minimum amounts per presentment currency (same page). Where Stripe names none it asks for the worth of 0.50 USD: those
 * lines stand at about twice that, so that a falling currency does not turn into declines.
 */
const limits: readonly Limits[] = [
  {
    currencies: ["USD", "EUR", "AUD", "CAD", "CHF", "NZD", "SGD", "BRL", "INR"],
    minAmount: 50n,
    maxAmount: eightDigits,
  },
  { currencies: ["GBP"], minAmount: 30n, maxAmount: eightDigits },
  { currencies: ["AED", "MYR", "PLN", "RON"], minAmount: 2_00n, maxAmount: eightDigits },
  { currencies: ["DKK"], minAmount: 2_50n, maxAmount: eightDigits },
  { currencies: ["NOK", "SEK"], minAmount: 3_00n, maxAmount: eightDigits },
  { currencies: ["SAR", "QAR", "ILS", "PEN"], minAmount: 4_00n, maxAmount: eightDigits },
  { currencies: ["HKD"], minAmount: 4_00n, maxAmount: eightDigits },
  { currencies: ["CNY", "MOP"], minAmount: 8_00n, maxAmount: eightDigits },
  { currencies: ["MXN", "THB"], minAmount: 10_00n, maxAmount: eightDigits },
  { currencies: ["CZK"], minAmount: 15_00n, maxAmount: eightDigits },
  { currencies: ["ZAR"], minAmount: 20_00n, maxAmount: eightDigits },
  { currencies: ["TWD"], minAmount: 32_00n, maxAmount: eightDigits },
  { currencies: ["TRY"], minAmount: 50_00n, maxAmount: eightDigits },
  { currencies: ["PHP"], minAmount: 60_00n, maxAmount: eightDigits },
  { currencies: ["HUF"], minAmount: 175_00n, maxAmount: eightDigits },
  { currencies: ["JPY"], minAmount: 50n, maxAmount: eightDigits },
  { currencies: ["CLP", "KRW"], minAmount: 1_500n, maxAmount: eightDigits },
  { currencies: ["VND"], minAmount: 26_000n, maxAmount: eightDigits },
  { currencies: ["IDR"], minAmount: 16_500_00n, maxAmount: 999_999_999_999n },
  // Sent with two decimals that it does not have, so two of the eight digits are lost.
  { currencies: ["ISK"], minAmount: 150n, maxAmount: 999_999n },
  { currencies: ["KWD", "BHD", "OMR", "JOD"], minAmount: 1_000n, maxAmount: eightDigits },
];

export const stripeCapabilities: readonly Capability[] = limits.map((limit) => ({
  method: "card",
  flow: "card_fields",
  countries: "any",
  devices: ["desktop", "mobile"],
  captureMethods: ["automatic", "manual"],
  // Stripe sets no end, card networks do: refunds of older card payments fail more and more often.
  refundWindowDays: 180,
  partialRefund: true,
  ...limit,
}));

import { isCurrencyCode } from "#lib/kernel/currency";
import { invalidRequest } from "./errors.ts";

// The provider's own list: MGA has no decimals here although ISO 4217 gives it two.
const zeroDecimal = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const threeDecimal = new Set("bhd jod kwd omr tnd".split(" "));
/** Sent with two decimals for old times' sake, although nothing finer than a whole unit can be paid. */
const wholeUnits = new Set(["isk", "ugx"]);

/** Smallest charge in minor units, where the provider lists one; elsewhere half a unit. */
const minimums: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

function minimumOf(currency: string): number {
  return minimums[currency] ?? (threeDecimal.has(currency) ? 500 : 50);
}

/** Eight digits is the most that one charge may have. */
const maximum = 99_999_999;

/** @throws StripeError in the provider's words when the currency or the amount cannot be charged */
export function checkAmount(amount: number, currency: string): void {
  if (!/^[a-z]{3}$/.test(currency) || !isCurrencyCode(currency.toUpperCase())) {
    throw invalidRequest(`Invalid currency: ${currency}`, { param: "currency" });
  }
  if (amount < 1) throw invalidRequest("This value must be greater than or equal to 1.", integerFault);
  if (threeDecimal.has(currency) && amount % 10 !== 0) {
    throw invalidRequest(`Invalid amount for ${currency}: the last digit must be 0.`, integerFault);
  }
  if (wholeUnits.has(currency) && amount % 100 !== 0) {
    throw invalidRequest(`Invalid amount for ${currency}: it must be divisible by 100.`, integerFault);
  }
  if (amount < minimumOf(currency)) {
    const least = displayed(minimumOf(currency), currency);
    throw invalidRequest(`Amount must be at least ${least}`, { code: "amount_too_small", param: "amount" });
  }
  if (amount > maximum) {
    const most = displayed(maximum, currency);
    throw invalidRequest(`Amount must be no more than ${most}`, { code: "amount_too_large", param: "amount" });
  }
}

const integerFault = { code: "parameter_invalid_integer", param: "amount" };

/** `12.50 usd`: how amounts read in the provider's messages. */
export function displayed(amount: number, currency: string): string {
  const decimals = zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2;
  const digits = String(amount).padStart(decimals + 1, "0");
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return `${text} ${currency}`;
}

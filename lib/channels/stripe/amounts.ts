import { type CurrencyCode, exponentOf, isCurrencyCode } from "#lib/kernel/currency";
import { type Money, money } from "#lib/kernel/money";

/**
 * Where Stripe's smallest unit is not ISO 4217's: ISK and UGX have no decimals any more but are still sent with two, MGA
 * is sent whole (docs.stripe.com/currencies, "Special cases" and "Zero-decimal currencies").
 */
const wireExponents: Partial<Record<CurrencyCode, number>> = { ISK: 2, UGX: 2, MGA: 0 };

function wireExponentOf(currency: CurrencyCode): number {
  return wireExponents[currency] ?? exponentOf(currency);
}

/**
 * The amount as Stripe reads it, or undefined when Stripe can't take it: finer than its unit, or a three-decimal
 * currency whose last digit is not 0 (docs.stripe.com/currencies, "Three-decimal currencies").
 */
export function toWire(amount: Money): number | undefined {
  const ours = exponentOf(amount.currency);
  const theirs = wireExponentOf(amount.currency);
  if (theirs === 3 && amount.minor % 10n !== 0n) return undefined;
  if (theirs >= ours) return exact(amount.minor * 10n ** BigInt(theirs - ours));
  const step = 10n ** BigInt(ours - theirs);
  return amount.minor % step === 0n ? exact(amount.minor / step) : undefined;
}

/** @throws RangeError for a currency that we do not keep, or a fraction of our minor unit */
export function fromWire(value: number, currencyText: string): Money {
  const currency = currencyText.toUpperCase();
  if (!isCurrencyCode(currency)) throw new RangeError(`Stripe names a currency that we do not keep: ${currencyText}`);
  const ours = exponentOf(currency);
  const theirs = wireExponentOf(currency);
  if (ours >= theirs) return money(BigInt(value) * 10n ** BigInt(ours - theirs), currency);
  const step = 10n ** BigInt(theirs - ours);
  if (BigInt(value) % step !== 0n) throw new RangeError(`Stripe sent a fraction of the minor unit of ${currency}`);
  return money(BigInt(value) / step, currency);
}

function exact(value: bigint): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

import { Decimal } from "decimal.js";
import { type CurrencyCode, exponentOf } from "./currency.ts";

/** Decimal arithmetic for rates and fees: 40 digits, half-up where a rounding mode is not named. */
export const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** An amount in integer minor units with its currency. Nothing in the product holds money in any other form. */
export interface Money {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

/** The largest amount of one order, in minor units: exact in JSON and in every provider's field. */
export const maxAmountMinor = 9_999_999_999_999n;

export function money(minor: bigint, currency: CurrencyCode): Money {
  return { minor, currency };
}

/**
 * `88.00` for 8800 minor units of CNY, `88` for 88 of JPY: the form that providers with decimal amounts read.
 * Always a dot, never a group separator.
 */
export function toDecimalString(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const sign = amount.minor < 0n ? "-" : "";
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * The other way round. Exact: more decimals than the currency has are refused unless they are zeros.
 *
 * @throws RangeError when the text is not a plain decimal number or is finer than a minor unit
 */
export function fromDecimalString(text: string, currency: CurrencyCode): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new RangeError(`not a decimal amount: ${text}`);
  const exponent = exponentOf(currency);
  const fraction = (match[3] ?? "").padEnd(exponent, "0");
  if (/[1-9]/.test(fraction.slice(exponent))) throw new RangeError(`finer than a minor unit of ${currency}: ${text}`);
  const minor = BigInt(match[2] + fraction.slice(0, exponent));
  return { minor: match[1] ? -minor : minor, currency };
}

/** Integer minor units as JSON carries them. @throws RangeError past 2^53 */
export function minorToJson(minor: bigint): number {
  const value = Number(minor);
  if (!Number.isSafeInteger(value)) throw new RangeError("amount too large for JSON");
  return value;
}

/**
 * A share of an amount by basis points plus a fixed part, rounded half-up to a minor unit: the usual merchant fee.
 * Exact rationals: no binary fraction takes part.
 */
export function percentPlusFixed(amountMinor: bigint, basisPoints: string, fixedMinor: bigint): bigint {
  const share = new Exact(amountMinor.toString())
    .mul(basisPoints)
    .div(10_000)
    .toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  return BigInt(share.toFixed(0)) + fixedMinor;
}

/** `0.6%` for 60 basis points, fractions of a basis point kept. */
export function percentOfBasisPoints(basisPoints: string): string {
  return `${new Exact(basisPoints).div(100).toFixed()}%`;
}

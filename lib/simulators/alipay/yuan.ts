import { fromDecimalString, money, toDecimalString } from "#lib/kernel/money";

/** `88.88` for 8888 fen. */
export function yuan(fen: bigint): string {
  return toDecimalString(money(fen, "CNY"));
}

/** Fen of a yuan text with at most two decimals; undefined for any other text. */
export function fenOf(text: string): bigint | undefined {
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? fromDecimalString(text, "CNY").minor : undefined;
}

/** One order may be 0.01 to 100,000,000.00 yuan. */
export const maxFen = 10_000_000_000n;

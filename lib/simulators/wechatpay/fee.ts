import { Exact } from "#lib/kernel/money";

/** What the provider keeps of a payment. */
const feeRate = "0.006";
export const feeRateText = "0.60%";

/** The fee of an amount in fen as trade bills write it: yuan with five decimals, half up. */
export function feeText(fen: number): string {
  return new Exact(fen).div(100).mul(feeRate).toFixed(5, Exact.ROUND_HALF_UP);
}

/** Fees of trade bills added up. */
export function sumOfFees(fees: readonly string[]): string {
  return fees.reduce((sum, fee) => sum.add(fee), new Exact(0)).toFixed(5);
}

/** What really leaves the account: whole fen, half up. */
export function feeFen(fen: number): number {
  return new Exact(fen).mul(feeRate).toDecimalPlaces(0, Exact.ROUND_HALF_UP).toNumber();
}

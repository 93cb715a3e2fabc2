import { createHash } from "node:crypto";
import type { CurrencyCode } from "#lib/kernel/currency";
import { processWide } from "#lib/kernel/globals";
import { idPrefixes, merchantKeyOf } from "#lib/kernel/ids";

/** Which side makes an account larger, for each account that a book has once a currency. */
const soleAccounts = {
  merchant_pending: "credit",
  merchant_available: "credit",
  merchant_frozen: "credit",
  merchant_reserve: "credit",
  merchant_deposit: "credit",
  refund_in_transit: "credit",
  payout_in_transit: "credit",
  tax_payable: "credit",
  member_value: "credit",
  suspense: "credit",
  fee_income: "credit",
  channel_cost: "debit",
  fx_result: "credit",
  dispute_cost: "debit",
  write_off: "debit",
} as const;

/** The same for the accounts of which there is one for each receiver, channel account or custody account. */
const accountFamilies = {
  split_payable: "credit",
  channel_clearing: "debit",
  bank: "debit",
} as const;

export type NormalSide = "debit" | "credit";

/** An account's place in the chart of accounts; with merchant, mode and currency it names one account. */
export type AccountCode = keyof typeof soleAccounts | `${keyof typeof accountFamilies}:${string}`;

/** Never below zero: what we owe the merchant, so a debit needs cover. */
export const coveredAccounts = [
  "merchant_pending",
  "merchant_available",
  "merchant_frozen",
  "merchant_reserve",
  "merchant_deposit",
] as const satisfies readonly AccountCode[];

const familyMemberPattern = /^[\x21-\x7e]{1,100}$/;

export function isAccountCode(text: string): text is AccountCode {
  return sideOf(text) !== undefined;
}

/** @throws RangeError when the code is not in the chart of accounts */
export function normalSideOf(code: AccountCode): NormalSide {
  const side = sideOf(code);
  if (!side) throw new RangeError(`not an account: ${code}`);
  return side;
}

function sideOf(code: string): NormalSide | undefined {
  if (Object.hasOwn(soleAccounts, code)) return soleAccounts[code as keyof typeof soleAccounts];
  const colon = code.indexOf(":");
  const family = code.slice(0, Math.max(colon, 0));
  if (!Object.hasOwn(accountFamilies, family) || !familyMemberPattern.test(code.slice(colon + 1))) return undefined;
  return accountFamilies[family as keyof typeof accountFamilies];
}

/** The digits of every id. */
export const base32 = "0123456789abcdefghjkmnpqrstvwxyz";
const idHashLength = 20;

/**
 * The id of an account: `la_<merchant key>` and 100 bits of SHA-256 over mode, code and currency. Derived instead of
 * drawn, so that posting and reading need no look-up by code.
 */
export function accountId(merchantId: string, livemode: boolean, code: AccountCode, currency: CurrencyCode): string {
  const ids = processWide("ledger-account-ids", () => new Map<string, string>());
  const name = `${merchantId} ${livemode ? "live" : "test"} ${code} ${currency}`;
  const known = ids.get(name);
  if (known) return known;
  normalSideOf(code);
  const hash = createHash("sha256").update(name).digest();
  let id = `${idPrefixes.ledgerAccount}_${merchantKeyOf(merchantId)}`;
  for (const byte of hash.subarray(0, idHashLength)) id += base32[byte & 31];
  if (ids.size >= maxRememberedIds) ids.clear();
  ids.set(name, id);
  return id;
}

const maxRememberedIds = 50_000;
const maxKnownAccounts = 200_000;

const knownAccounts = () => processWide("ledger-known-accounts", () => new Set<string>());

/**
 * Whether a transaction of this process has committed the account: then posting need not try to insert it again.
 * Merchant keys are random, so an id names an account of one database only.
 */
export function isKnownAccount(id: string): boolean {
  return knownAccounts().has(id);
}

/** To be called after a commit only: a rolled back account must not pass for a stored one. */
export function rememberAccounts(ids: readonly string[]): void {
  const known = knownAccounts();
  if (known.size + ids.length > maxKnownAccounts) known.clear();
  for (const id of ids) known.add(id);
}

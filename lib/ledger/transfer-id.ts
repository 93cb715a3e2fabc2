import { idPrefixes } from "#lib/kernel/ids";
import { base32 } from "./accounts.ts";

const transactionPrefix = `${idPrefixes.ledgerTransaction}_`;
const transferPrefix = `${idPrefixes.ledgerTransfer}_`;

/** Base32 digits that count the transfers of a transaction: 1,024 of them. */
const positionLength = 2;
const maxTransfers = 1024;

const transferIdPattern = /^tf_[0-9a-hjkmnp-tv-z]{28}$/;

/**
 * The id of a transaction's transfer: the transaction's own, its last two characters replaced by the position. So the
 * transfers of a transaction sort as they were given, and an id leads to its transaction without an index of its own.
 *
 * @throws RangeError past the 1,024th transfer
 */
export function transferId(transactionId: string, position: number): string {
  if (position >= maxTransfers) throw new RangeError(`more than ${maxTransfers} transfers in one posting`);
  const body = transactionId.slice(transactionPrefix.length, -positionLength);
  return `${transferPrefix}${body}${base32[position >> 5]}${base32[position & 31]}`;
}

/** The first and last id that the transaction of a transfer can have, or undefined when the text is no transfer's id. */
export function transactionRangeOf(id: string): { first: string; last: string } | undefined {
  if (!transferIdPattern.test(id)) return undefined;
  const body = transactionPrefix + id.slice(transferPrefix.length, -positionLength);
  return { first: body + "0".repeat(positionLength), last: body + "z".repeat(positionLength) };
}

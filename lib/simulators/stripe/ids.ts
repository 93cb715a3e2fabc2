import { randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Letters and digits; the few byte values that would favour some of the 62 are left out. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}

const prefixes = {
  payment_intent: "pi_3",
  charge: "ch_3",
  refund: "re_3",
  balance_transaction: "txn_3",
  payment_method: "pm_1",
  dispute: "du_1",
  event: "evt_3",
  webhook_endpoint: "we_1",
} as const;

export function newId(object: keyof typeof prefixes): string {
  return prefixes[object] + randomText(23);
}

/** What must never be kept, cut out of text that we keep: of any shape, also broken off or no JSON at all. */

const gone = "[redacted]";

/** Fields whose values are secrets, whoever sends them. */
const secretNames = [
  ...["password", "secret", "client_secret", "webhook_secret", "signing_secret", "secret_key", "private_key", "key"],
  ...["api_key", "api_v3_key", "token", "access_token", "refresh_token", "authorization", "cookie", "code_verifier"],
  ...["cvc", "cvv", "cvv2", "card_number", "pin", "otp", "totp", "recovery_code", "recovery_codes", "backup_codes"],
].join("|");

/** A string may be broken off by the end of what we keep. */
const jsonString = String.raw`"(?:[^"\\]|\\.)*(?:"|$)`;
const secretField = new RegExp(
  String.raw`("(?:${secretNames})"\s*:\s*)(?:${jsonString}|\[[^\]]*(?:\]|$)|-?\d[\d.eE+-]*)`,
  "gi",
);
/** All of it: which names a provider's credentials have is the provider's business. */
const secretObject = /("(?:credentials|card)"\s*:\s*)\{[^{}]*(?:\}|$)/gi;
const secretParameter = new RegExp(String.raw`([?&](?:${secretNames})=)[^&\s"#]*`, "gi");
const ourKeys = /\b((?:sk|rk)_(?:live|test)_[0-9a-z]{4})[0-9a-z]{16,}/g;
const webhookSecrets = /\bwhsec_[A-Za-z0-9+/=_-]{8,}/g;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/g;
const pem = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g;

/** What people and programs put between the groups of a number, also as a URL spells it. */
const separator = String.raw`(?: |-|\u00a0|\+|%20|%2d|%c2%a0)`;

/**
 * Digits in groups that are no part of a longer word; `\n` in JSON and `%22` in a URL are no words. An UUID is met as a
 * whole, so that its groups are not taken for a number's.
 */
const digitRuns = new RegExp(
  [
    `(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])`,
    String.raw`(?:(?<![0-9a-z_])|(?<=\\[bfnrt])|(?<=\\u[0-9a-f]{4})|(?<=%[0-9a-f]{2}))(?<!%[0-9a-f]?)` +
      String.raw`(\d+(?:${separator}{1,2}\d+)*)(?![0-9a-z_])`,
  ].join("|"),
  "gi",
);
const groupEnds = new RegExp(`(${separator}{1,2})`, "i");

/** Secrets and card numbers out; what is left can be shown to whoever may read the log. */
export function redact(text: string): string {
  return redactCardNumbers(
    text
      .replace(pem, gone)
      .replace(secretObject, `$1"${gone}"`)
      .replace(secretField, `$1"${gone}"`)
      .replace(secretParameter, `$1${gone}`)
      .replace(ourKeys, `$1…${gone}`)
      .replace(webhookSecrets, gone)
      .replace(bearer, `$1 ${gone}`),
  );
}

/** The first six and the last four digits may stay (PCI DSS 4.0, requirement 3.4.1). */
export function redactCardNumbers(text: string): string {
  return text.replace(digitRuns, (whole: string, run: string | undefined, at: number) => {
    if (!run || run.length < shortest) return whole;
    const before = text.slice(Math.max(0, at - longestName), at);
    if (run.length <= longestAmount && amountField.test(before)) return whole;
    const clean = redactRun(run);
    // A bare number in JSON becomes a string there, so that the text stays JSON.
    return clean !== run && bareNumber.test(before) ? `"${clean}"` : clean;
  });
}

const longestName = 40;
const bareNumber = /(?<!\\)":\s?$/;
/** The largest amounts have as many digits as the shortest cards. */
const longestAmount = 13;
const amountField = /"\w*(?:amount|balance|total|fee)\w*\\*":\s?$/;

/** A number may stand beside others, as with its expiry: `4242 4242 4242 4242 12-27`. */
function redactRun(run: string): string {
  const groups = run.split(groupEnds);
  let clean = "";
  for (let at = 0; at < groups.length; ) {
    const found = cardAt(groups, at);
    clean += found ? `${found.digits.slice(0, 6)}…${found.digits.slice(-4)}` : (groups[at] ?? "");
    at = found ? found.end : at + 1;
  }
  return clean;
}

/**
 * The number that begins with a group. Where a shorter and a longer one would both do, all of the longer one goes, and
 * the digits shown are the shorter one's: what is behind them may be the check number of the card.
 *
 * @param groups digits and separators in turn
 */
function cardAt(groups: readonly string[], start: number): { digits: string; end: number } | undefined {
  let found: { digits: string; end: number } | undefined;
  let digits = "";
  for (let end = start; start % 2 === 0 && end < groups.length && digits.length < longest; end += 2) {
    digits += groups[end] ?? "";
    if (isCardNumber(digits)) found = { digits: found?.digits ?? digits, end: end + 1 };
  }
  return found;
}

const shortest = 12;
const longest = 19;

/** First digits that the card schemes have been given, and how long their numbers are (ISO/IEC 7812; the schemes' own lists). */
const issued: readonly { readonly begins: RegExp; readonly lengths: readonly [number, number] }[] = [
  { begins: /^4/, lengths: [13, 13] }, // Visa
  { begins: /^4/, lengths: [16, 16] },
  { begins: /^4/, lengths: [19, 19] },
  { begins: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16, 16] }, // Mastercard
  { begins: /^3[47]/, lengths: [15, 15] }, // American Express
  { begins: /^(?:30[0-5]|3095|36|3[89])/, lengths: [14, 19] }, // Diners Club
  { begins: /^35(?:2[89]|[3-8])/, lengths: [16, 19] }, // JCB
  { begins: /^(?:62|81)/, lengths: [16, 19] }, // UnionPay
  { begins: /^220[0-4]/, lengths: [16, 19] }, // Mir
  { begins: /^(?:5[06-8]|6[013-9])/, lengths: [12, 19] }, // Discover, Maestro, RuPay, Elo and others
  { begins: /^9792/, lengths: [16, 16] }, // Troy
];

export function isCardNumber(digits: string): boolean {
  if (digits.length < shortest || digits.length > longest) return false;
  const isIssued = issued.some(
    ({ begins, lengths: [least, most] }) => digits.length >= least && digits.length <= most && begins.test(digits),
  );
  return isIssued && passesLuhn(digits);
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let position = 0; position < digits.length; position++) {
    const digit = digits.charCodeAt(digits.length - 1 - position) - 48;
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

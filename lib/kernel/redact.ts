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

/** Digits with the spaces or hyphens that people put between them, not part of a longer word. */
const digitRuns = /(?<![0-9A-Za-z_])\d+(?:[ -]\d+)*(?![0-9A-Za-z_])/g;

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
  return text.replace(digitRuns, (run) => (run.length < shortest ? run : redactRun(run)));
}

/** A number may stand beside others, as with its expiry: `4242 4242 4242 4242 12-27`. */
function redactRun(run: string): string {
  const groups = run.split(/([ -])/);
  let clean = "";
  for (let at = 0; at < groups.length; ) {
    const found = cardAt(groups, at);
    clean += found ? `${found.digits.slice(0, 6)}…${found.digits.slice(-4)}` : (groups[at] ?? "");
    at = found ? found.end : at + 1;
  }
  return clean;
}

/** The longest number that begins with a group. @param groups digits and separators in turn */
function cardAt(groups: readonly string[], start: number): { digits: string; end: number } | undefined {
  let found: { digits: string; end: number } | undefined;
  let digits = "";
  for (let end = start; start % 2 === 0 && end < groups.length && digits.length < longest; end += 2) {
    digits += groups[end] ?? "";
    if (isCardNumber(digits)) found = { digits, end: end + 1 };
  }
  return found;
}

const shortest = 12;
const longest = 19;

/** Ranges that card schemes have been given, so that order numbers that begin with a date are left alone. */
const issued = /^(?:4|5[0-9]|2(?:2[2-9]|[3-6]|7[01]|720)|3[0-9]|6)/;

export function isCardNumber(digits: string): boolean {
  return digits.length >= shortest && digits.length <= longest && issued.test(digits) && passesLuhn(digits);
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

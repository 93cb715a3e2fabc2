/** What is wrong with a new password. */
export type PasswordProblem = "too_short" | "too_long" | "common" | "personal";

export const minPasswordLength = 10;
/** Enough for a long sentence, short enough not to keep argon2 busy. */
export const maxPasswordLength = 256;

/** What the lists of leaked passwords are made of: one of these with digits or signs around it is guessed in seconds. */
const commonWords =
  "password passwort passw0rd qwerty qwertyuiop qwertz azerty asdfghjkl zxcvbnm letmein welcome iloveyou admin administrator root login master dragon monkey football baseball basketball superman batman princess sunshine shadow michael jordan charlie secret trustno starwars whatever computer internet changeme default guest test testing abcdef abcdefgh abcdefghij woaini woaini1314 nihao zhongguo mima jiayou payment globalpaylink"
    .split(" ")
    .sort((a, b) => b.length - a.length);

const rows = [
  "0123456789012345",
  "9876543210987654",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb",
];

const lookalikes: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** How many characters have to be guessed once runs, repeats, and words that everybody uses are known. */
function guessedLength(password: string): number {
  const text = password.toLowerCase();
  const plain = [...text].map((letter) => lookalikes[letter] ?? letter).join("");
  let rest = text;
  for (const word of commonWords) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
      rest = `${rest.slice(0, at)}${" ".repeat(word.length)}${rest.slice(at + word.length)}`;
    }
    rest = rest.replaceAll(word, " ".repeat(word.length));
  }
  let length = 0;
  for (let at = 0; at < rest.length; at++) {
    const [before, here] = [rest[at - 1] ?? "", rest[at] ?? ""];
    const isForeseen = here === before || (before !== "" && rows.some((row) => row.includes(before + here)));
    if (here !== " " && !isForeseen) length += 1;
  }
  return length;
}

/**
 * NIST SP 800-63B §3.1.1.2: a length, no list of required kinds of characters, nothing that is known from leaks or from
 * the person. Spaces and every letter of Unicode are welcome.
 *
 * @param personal words that an attacker would try first: e-mail, name, company
 */
export function passwordProblem(password: string, personal: readonly string[] = []): PasswordProblem | undefined {
  const letters = [...password.normalize("NFC")];
  if (letters.length < minPasswordLength) return "too_short";
  if (letters.length > maxPasswordLength) return "too_long";
  if (guessedLength(password) < 6) return "common";
  const text = password.toLowerCase();
  const words = personal.flatMap((one) => one.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((one) => one.length >= 4);
  for (const word of words) {
    if (text.includes(word) && text.replaceAll(word, "").length < minPasswordLength - 2) return "personal";
  }
  return undefined;
}

export type PasswordStrength = "weak" | "fair" | "strong";

/** For the meter under the field; only `passwordProblem` decides. */
export function passwordStrength(password: string, personal: readonly string[] = []): PasswordStrength {
  if (passwordProblem(password, personal)) return "weak";
  return guessedLength(password) >= 14 ? "strong" : "fair";
}

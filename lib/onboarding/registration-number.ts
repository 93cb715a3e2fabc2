/** GB 32100-2015: digits and capitals without I, O, Z, S, V. A character's place is its value. */
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const length = 18;

/**
 * Whether a text is a unified social credit code (统一社会信用代码): 18 characters, of which the last checks the others, each
 * weighed with a power of three modulo 31.
 */
export function isSocialCreditCode(text: string): boolean {
  if (text.length !== length) return false;
  let sum = 0;
  let weight = 1;
  for (const character of text.slice(0, -1)) {
    const value = alphabet.indexOf(character);
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return text.at(-1) === alphabet[(31 - (sum % 31)) % 31];
}

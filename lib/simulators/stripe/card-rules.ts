export type Brand = "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay" | "unknown";

export interface CardRules {
  digitsOf(text: string): string;
  brandOf(digits: string): Brand;
  lengthsOf(brand: Brand): readonly number[];
  cvcLengthOf(brand: Brand): number;
  passesLuhn(digits: string): boolean;
  /** `4242 4242 4242 4242`; 4-6-5 for American Express, as on the card. */
  grouped(digits: string): string;
  isValidNumber(digits: string): boolean;
  /** `year` with four digits; a card is good to the end of its month. */
  isExpired(month: number, year: number, now: Date): boolean;
}

/**
 * What can be told from a card number alone (ISO/IEC 7812). The card frame runs the text of this function in the browser,
 * so it must not refer to anything outside of itself.
 */
export function cardRules(): CardRules {
  const ranges: readonly (readonly [Brand, RegExp])[] = [
    ["amex", /^3[47]/],
    ["diners", /^(?:30[0-5]|309|36|38|39)/],
    ["jcb", /^35(?:2[89]|[3-8])/],
    ["unionpay", /^62/],
    ["discover", /^(?:6011|64[4-9]|65)/],
    ["mastercard", /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/],
    ["visa", /^4/],
  ];
  const lengths: Record<Brand, readonly number[]> = {
    amex: [15],
    diners: [14, 16],
    discover: [16],
    jcb: [16],
    mastercard: [16],
    unionpay: [16, 17, 18, 19],
    visa: [13, 16, 19],
    unknown: [12, 13, 14, 15, 16, 17, 18, 19],
  };
  const digitsOf = (text: string) => text.replace(/\D/g, "").slice(0, 19);
  const brandOf = (digits: string) => ranges.find(([, range]) => range.test(digits))?.[0] ?? "unknown";

  function passesLuhn(digits: string): boolean {
    let sum = 0;
    for (let position = 0; position < digits.length; position++) {
      const digit = Number(digits[digits.length - 1 - position]);
      const doubled = position % 2 === 1 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return digits.length > 0 && sum % 10 === 0;
  }

  return {
    digitsOf,
    brandOf,
    lengthsOf: (brand) => lengths[brand],
    cvcLengthOf: (brand) => (brand === "amex" ? 4 : 3),
    passesLuhn,
    grouped(digits) {
      const brand = brandOf(digits);
      const groups =
        brand === "amex" || (brand === "diners" && digits.length <= 14)
          ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
          : (digits.match(/.{1,4}/g) ?? []);
      return groups.filter((group) => group !== "").join(" ");
    },
    isValidNumber: (digits) => lengths[brandOf(digits)].includes(digits.length) && passesLuhn(digits),
    isExpired: (month, year, now) => year * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1,
  };
}

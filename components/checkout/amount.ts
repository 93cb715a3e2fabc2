/**
 * Minor units as the reader's language writes them, digit by digit: the amount goes to Intl as text, because a binary
 * fraction can't hold every amount. The narrow symbol, as the currency's code stands beside the amount.
 *
 * @param exponent the currency's digits after the decimal point (ISO 4217)
 */
export function formatMinor(minor: number, currency: string, exponent: number, locale: string): string {
  const digits = String(minor).padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  const decimal = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(decimal as Intl.StringNumericLiteral);
}

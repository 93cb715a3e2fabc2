import type { Customer } from "#db/schema/orders";

/** Stands where something was that named a person. */
export const erasedText = "[erased]";

/** A country or a two-letter name would take half of every text with it. */
const shortestIdentifier = 3;

/** What names this shopper, wherever else it is written. */
export function identifiersIn(customer: Customer | null): string[] {
  const { id, email, name, phone } = customer ?? {};
  return [id, email, name, phone].filter((value): value is string => (value?.length ?? 0) >= shortestIdentifier);
}

/** The text with every identifier replaced, in whatever case and also as part of an address. */
export function scrubbed(text: string, identifiers: readonly string[]): string {
  const forms = identifiers.flatMap((value) => [value, encodeURIComponent(value)]);
  const pattern = [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");
  return pattern === "" ? text : text.replace(new RegExp(pattern, "giu"), erasedText);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

import type { CurrencyCode } from "#lib/kernel/currency";

/** What stands in a field of an exported list, before any format has written it down. */
export type Cell =
  | { readonly kind: "text"; readonly text: string }
  /** A word of ours; `path` names it in the message catalogue. */
  | { readonly kind: "word"; readonly path: string; readonly text: string }
  /** Written in major units, with the digits of the currency. */
  | { readonly kind: "amount"; readonly minor: bigint; readonly currency: CurrencyCode }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "moment"; readonly at: Date }
  | undefined;

export function text(value: string | null | undefined): Cell {
  return value ? { kind: "text", text: value } : undefined;
}

export function word(catalogue: string, value: string | null | undefined): Cell {
  return value ? { kind: "word", path: `${catalogue}.${value}`, text: value } : undefined;
}

export function amount(minor: bigint | undefined, currency: string): Cell {
  return minor === undefined ? undefined : { kind: "amount", minor, currency: currency as CurrencyCode };
}

export function integer(value: bigint | undefined): Cell {
  return value === undefined ? undefined : { kind: "integer", value };
}

export function moment(at: Date | null | undefined): Cell {
  return at ? { kind: "moment", at } : undefined;
}

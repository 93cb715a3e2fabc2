import type { ListKind } from "#db/schema/lists";

/** Something by which a shopper is known and can be listed. */
export interface Known {
  readonly kind: ListKind;
  readonly value: string;
}

interface Attempt {
  /** The browser's name on the list that is meant. */
  readonly device: string | null | undefined;
  readonly details: Readonly<Record<string, string>> | null;
}

/** What an order and its attempts know of the shopper, each once. IP addresses are not kept with an order. */
export function knownShopper(
  customer: { readonly email?: string | undefined; readonly id?: string | undefined } | null,
  attempts: readonly Attempt[],
): readonly Known[] {
  const all: readonly [ListKind, string | null | undefined][] = [
    ["email", customer?.email],
    ["customer", customer?.id],
    ...attempts.flatMap(({ device, details }): [ListKind, string | null | undefined][] => [
      ["device", device],
      ["card", details?.fingerprint],
    ]),
  ];
  const known = all.flatMap(([kind, value]) => (value ? [{ kind, value }] : []));
  return known.filter(
    (one, index) => known.findIndex(({ kind, value }) => kind === one.kind && value === one.value) === index,
  );
}

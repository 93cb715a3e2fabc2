import type { ListAction, ListKind } from "#db/schema/lists";
import { InvalidParam } from "#lib/kernel/errors";
import { type ListScope, matchOf } from "./match.ts";
import { listSecret } from "./secret.ts";
import { readValue } from "./values.ts";

export interface NewEntry {
  readonly action: ListAction;
  readonly kind: ListKind;
  readonly value: string;
  readonly reason: string;
  readonly expires_at?: string | undefined;
}

/** An entry as it is kept: without its value. */
export interface EntryDraft {
  readonly action: ListAction;
  readonly kind: ListKind;
  readonly match: string;
  readonly hint: string;
  readonly reason: string;
  readonly expiresAt: Date | null;
}

/** @throws BadListValue, InvalidParam when it would have ended already */
export async function draftEntry(scope: ListScope, input: NewEntry, now: Date): Promise<EntryDraft> {
  const { action, kind, reason } = input;
  const value = readValue(kind, input.value);
  const match = matchOf(await listSecret(), scope, kind, value.normal);
  return { action, kind, match, hint: value.hint, reason, expiresAt: expiryOf(input.expires_at, now) };
}

export function expiryOf(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const at = new Date(text);
  if (at <= now) throw new InvalidParam("list_expiry_past", "expires_at");
  return at;
}

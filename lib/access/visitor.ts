import type { Locale } from "#lib/kernel/locale";

/** Somebody at the door, before we know who it is. */
export interface Visitor {
  readonly ip: string;
  readonly locale: Locale;
  readonly requestId: string;
}

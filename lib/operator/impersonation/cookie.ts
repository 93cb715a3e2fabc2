import { env } from "#lib/kernel/env";

/** The browser's way to say whose dashboard an operator has open. `__Secure-` prefixed when the public address is https. */
export function impersonationCookie(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Secure-" : ""}gpl-impersonation`;
}

import { env } from "#lib/kernel/env";

/** The browser's way to say whose dashboard an operator has open. `__Secure-` prefixed when the public address is https. */
export function impersonationCookie(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Secure-" : ""}gpl-impersonation`;
}

export function readCookie(header: string | null | undefined, name: string): string | undefined {
  return header
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

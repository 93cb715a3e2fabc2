import { env } from "#lib/kernel/env";

/** Who we are to an authenticator: a passkey belongs to this host name and to no other. */
export function relyingParty(): { readonly id: string; readonly name: string; readonly origin: string } {
  const { hostname, origin } = new URL(env.publicUrl);
  return { id: hostname, name: "GlobalPayLink", origin };
}

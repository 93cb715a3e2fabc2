import { encode } from "next-auth/jwt";
import { env } from "#lib/kernel/env";
import { sessionCookieName } from "./session.ts";
import { type Browser, sessionSeconds, startSession } from "./sessions.ts";
import type { Person } from "./sign-in.ts";

/**
 * Signs a person in as the password form does: the sign-in is noted, a new device is told by mail.
 *
 * @param ssoMerchantId the merchant whose own provider says who it is; the sign-in opens that merchant alone
 * @returns the cookie to set
 */
export async function signedInCookie(person: Person, browser: Browser, ssoMerchantId?: string): Promise<string> {
  const sessionId = await startSession(person, browser);
  const token = await encode({
    token: {
      sub: person.id,
      name: person.name,
      email: person.email,
      realm: person.realm,
      sid: sessionId,
      ...(ssoMerchantId && { sso: ssoMerchantId }),
    },
    secret: env.sessionSecret,
    maxAge: sessionSeconds,
  });
  const secure = env.publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${sessionCookieName()}=${token}; Path=/; Max-Age=${sessionSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

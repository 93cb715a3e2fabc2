import type { AuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { sessionCookieName } from "#lib/access/session";
import { type Browser, endSessions, sessionSeconds, startSession } from "#lib/access/sessions";
import { type Person, type Realm, signIn } from "#lib/access/sign-in";
import { confirmSignUp } from "#lib/access/sign-up";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { randomToken } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";

/** What next-auth carries from the check of the credentials into the cookie. */
interface SignedIn extends User {
  readonly realm: Realm;
  readonly sessionId: string;
}

async function signedIn(person: Person, browser: Browser): Promise<SignedIn> {
  const { id, email, name, realm } = person;
  return { id, email, name, realm, sessionId: await startSession(person, browser) };
}

/** The message of the error is what the sign-in page reads back. */
function credentials(id: string, realm: Realm, browser: Browser) {
  return Credentials({
    id,
    credentials: { email: {}, password: {}, code: {} },
    async authorize(given) {
      const result = await signIn(realm, {
        email: given?.email ?? "",
        password: given?.password ?? "",
        ip: browser.ip,
        ...(given?.code && { code: given.code }),
      });
      switch (result.kind) {
        case "signed_in":
          return signedIn(result.person, browser);
        case "refused":
        case "code_wanted":
        case "code_wrong":
        case "sso_required":
          throw new Error(result.kind);
        case "too_many_tries":
          throw new Error(`too_many_tries:${result.seconds}`);
      }
    },
  });
}

/** The link of the mail that confirms a sign-up opens the account and signs its owner in. */
function signUpLink(browser: Browser) {
  return Credentials({
    id: "sign-up",
    credentials: { token: {} },
    async authorize(given) {
      const visitor = { ip: browser.ip, locale: browser.locale, requestId: `req_${randomToken(20)}` };
      try {
        return await signedIn(await confirmSignUp(visitor, given?.token ?? ""), browser);
      } catch (error) {
        if (error instanceof AppError) throw new Error(error.code);
        log.error({ err: error }, "sign-up not finished");
        throw new Error("internal_error");
      }
    },
  });
}

/** @param browser who asks: a sign-in is noted with it */
export function authOptions(browser: Browser): AuthOptions {
  const isSecure = env.publicUrl.startsWith("https:");
  return {
    secret: env.sessionSecret,
    providers: [
      credentials("merchant", "merchant", browser),
      credentials("operator", "operator", browser),
      signUpLink(browser),
    ],
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure },
      },
    },
    callbacks: {
      jwt({ token, user }) {
        // Set once, at sign-in: which realm and session the cookie names is never taken from anywhere else.
        const person = user as SignedIn | undefined;
        return person ? { ...token, realm: person.realm, sid: person.sessionId } : token;
      },
    },
    events: {
      async signOut({ token }) {
        const { sub, realm, sid } = (token ?? {}) as { sub?: string; realm?: Realm; sid?: string };
        if (sub && realm && sid) await endSessions({ realm, personId: sub, id: sid });
      },
    },
  };
}

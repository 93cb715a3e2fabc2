import type { AuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { sessionCookieName, sessionSeconds } from "#lib/access/session";
import { type Realm, signIn } from "#lib/access/sign-in";
import { env } from "#lib/kernel/env";

type Headers = Record<string, string | string[] | undefined>;

/** The last address that a trusted proxy named, else what Next took from the connection. */
function addressOf(headers: Headers | undefined): string {
  const forwarded = String(headers?.["x-forwarded-for"] ?? "");
  return (forwarded.split(",").at(-1) ?? "").trim().replace(/^::ffff:/, "") || "unknown";
}

/** The message of the error is what the sign-in page reads back. */
function credentials(id: string, realm: Realm) {
  return Credentials({
    id,
    credentials: { email: {}, password: {} },
    async authorize(given, request) {
      const result = await signIn(realm, {
        email: given?.email ?? "",
        password: given?.password ?? "",
        ip: addressOf(request.headers as Headers | undefined),
      });
      switch (result.kind) {
        case "signed_in":
          return result.person as User;
        case "refused":
          throw new Error("refused");
        case "too_many_tries":
          throw new Error(`too_many_tries:${result.seconds}`);
      }
    },
  });
}

export function authOptions(): AuthOptions {
  const isSecure = env.publicUrl.startsWith("https:");
  return {
    secret: env.sessionSecret,
    providers: [credentials("merchant", "merchant"), credentials("operator", "operator")],
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
        // Set once, at sign-in: which realm the session belongs to is never taken from anywhere else.
        return user ? { ...token, realm: (user as unknown as { realm: Realm }).realm } : token;
      },
    },
  };
}

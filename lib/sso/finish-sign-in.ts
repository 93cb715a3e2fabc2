import * as client from "openid-client";
import { takeChallenge } from "#lib/access/challenge";
import type { Person } from "#lib/access/sign-in";
import type { Visitor } from "#lib/access/visitor";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { log } from "#lib/kernel/log";
import { openProvider } from "./begin-sign-in.ts";
import { connectionIn, provenDomainsIn } from "./connection.ts";
import { SsoStopped } from "./errors.ts";
import { joinTeam } from "./join-team.ts";
import { redirectUri } from "./redirect.ts";
import { contextOf } from "./visitor-context.ts";

export interface SsoSignIn {
  readonly person: Person;
  readonly merchantId: string;
  /** The path to go on to. */
  readonly next: string;
}

/**
 * Finds out who comes back from the provider, and takes the person into the merchant's team if need be.
 *
 * @param input.query of the address that the provider sent the browser to
 * @param input.browser the secret of the browser that came
 * @throws SsoStopped
 */
export async function finishSso(
  visitor: Visitor,
  input: { query: string; browser: string | undefined },
): Promise<SsoSignIn> {
  const { query, browser } = input;
  const state = new URLSearchParams(query).get("state");
  const kept = state && browser ? await takeChallenge({ kind: "sso", text: state, browser }) : undefined;
  if (!state || !kept?.merchantId) throw new SsoStopped("sso_expired");
  const { merchantId, next = "/dashboard" } = kept;
  const settings = await contextOf(visitor, merchantId).transaction(async (tx) => ({
    connection: await connectionIn(tx),
    domains: await provenDomainsIn(tx),
  }));
  // Another provider by now, or none: the answer is nobody's.
  if (settings.connection?.issuer !== kept.issuer || !settings.connection) throw new SsoStopped("sso_expired");
  const config = await openProvider(settings.connection);
  const answer = new URL(`${redirectUri(env.publicUrl)}?${query}`);
  const claims = await readClaims(config, answer, { state, nonce: kept.nonce ?? "", verifier: kept.verifier ?? "" });
  const email = checkEmail(claims, new Set(settings.domains.map(({ domain }) => domain)));
  const person = await joinTeam(visitor, { merchantId, email, name: nameOf(claims, email) });
  return { person, merchantId, next };
}

type Claims = Readonly<Record<string, unknown>>;

async function readClaims(
  config: client.Configuration,
  answer: URL,
  expected: { state: string; nonce: string; verifier: string },
): Promise<Claims> {
  try {
    const tokens = await client.authorizationCodeGrant(config, answer, {
      expectedState: expected.state,
      expectedNonce: expected.nonce,
      pkceCodeVerifier: expected.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new SsoStopped("sso_failed");
    if (claims.email !== undefined || !config.serverMetadata().userinfo_endpoint) return claims;
    return { ...claims, ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    log.warn({ err: error, issuer: config.serverMetadata().issuer }, "single sign-on: answer refused");
    throw new SsoStopped(problemOf(error), error);
  }
}

function problemOf(error: unknown) {
  if (error instanceof client.AuthorizationResponseError) return "sso_denied";
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  // What the library finds wrong has a code of its own; the rest is a connection that failed.
  return code?.startsWith("OAUTH_") && code !== "OAUTH_TIMEOUT" ? "sso_failed" : "sso_unavailable";
}

/** The provider has to have seen the person read mail there, and the domain has to be the merchant's own. */
function checkEmail(claims: Claims, domains: ReadonlySet<string>): string {
  const email = typeof claims.email === "string" ? claims.email.trim().toLowerCase() : "";
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254) throw new SsoStopped("sso_email_missing");
  // Some providers write the boolean as text.
  if (claims.email_verified !== true && claims.email_verified !== "true") throw new SsoStopped("sso_email_unverified");
  if (!domains.has(email.slice(email.indexOf("@") + 1))) throw new SsoStopped("sso_email_foreign");
  return email;
}

/** Of a new person: as the provider writes it, or what stands before the @. */
function nameOf(claims: Claims, email: string): string {
  const name = typeof claims.name === "string" ? claims.name : "";
  const plain = name.replaceAll(/\p{C}/gu, " ").trim().slice(0, 80).toWellFormed();
  return plain || email.slice(0, email.indexOf("@")).slice(0, 80);
}

import { sql } from "drizzle-orm";
import * as client from "openid-client";
import { appDatabase } from "#db/tenancy";
import { keepChallenge } from "#lib/access/challenge";
import type { Visitor } from "#lib/access/visitor";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { log } from "#lib/kernel/log";
import { type Connection, clientOf, connectionIn } from "./connection.ts";
import { SsoStopped } from "./errors.ts";
import { providerOf } from "./provider.ts";
import { redirectUri } from "./redirect.ts";
import { contextOf } from "./visitor-context.ts";

/** @throws SsoStopped when the provider is not to be had: whose fault that is, only its owner may know */
export async function openProvider(connection: Connection): Promise<client.Configuration> {
  try {
    return await providerOf(clientOf(connection));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error, merchant: connection.merchantId }, "single sign-on: provider not usable");
    throw new SsoStopped("sso_unavailable", error);
  }
}

/**
 * Where to sign in, by the domain of an e-mail address: whether the address itself has an account makes no difference.
 *
 * @param input.browser the secret of the browser that has to come back
 * @throws SsoStopped sso_off, sso_unavailable
 */
export async function beginSso(
  visitor: Visitor,
  input: { email: string; next: string; browser: string },
): Promise<URL> {
  const domain = input.email.slice(input.email.lastIndexOf("@") + 1);
  const [row] = await appDatabase().execute<{ merchant_id: string | null }>(
    sql`select internal.sso_of_domain(${domain}) as merchant_id`,
  );
  const merchantId = row?.merchant_id;
  const connection = merchantId ? await contextOf(visitor, merchantId).transaction(connectionIn) : undefined;
  if (!merchantId || !connection) throw new SsoStopped("sso_off");
  const config = await openProvider(connection);
  const state = client.randomState();
  const nonce = client.randomNonce();
  const verifier = client.randomPKCECodeVerifier();
  await keepChallenge(
    { kind: "sso", text: state, browser: input.browser },
    { merchantId, nonce, verifier, next: input.next, issuer: connection.issuer },
  );
  return client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri(env.publicUrl),
    scope: "openid email profile",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    login_hint: input.email,
  });
}

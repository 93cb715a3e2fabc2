import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { keepChallenge, takeChallenge } from "#lib/access/challenge";
import { SsoRequired, TooManyTries } from "#lib/access/errors";
import { isBehindSso } from "#lib/access/session";
import type { Person } from "#lib/access/sign-in";
import { countTry, forgiveTries } from "#lib/access/sign-in-limits";
import { systemClock } from "#lib/kernel/clock";
import { sha256Hex } from "#lib/kernel/crypto";
import { log } from "#lib/kernel/log";
import { PasskeyExpired, PasskeyRefused } from "./errors.ts";
import { relyingParty } from "./relying-party.ts";
import { type Assertion, challengeOf } from "./schemas.ts";

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly public_key: string;
  /** A 64-bit number, as text. */
  readonly counter: string;
}

/** What a browser needs to ask for a passkey. It names nobody's, so it tells nothing about who has one. */
export async function beginPasskeySignIn(browser: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({ rpID: relyingParty().id, userVerification: "required" });
  await keepChallenge({ kind: "passkey_sign_in", text: options.challenge, browser });
  return options;
}

/**
 * Finds out who holds a passkey. The authenticator has verified the person, so no other factor is asked for.
 *
 * @param input.browser the secret of the browser that the challenge was given to
 * @throws PasskeyExpired, PasskeyRefused, TooManyTries, SsoRequired
 */
export async function signInWithPasskey(input: {
  browser: string | undefined;
  response: Assertion;
  ip: string;
}): Promise<Person> {
  const { response } = input;
  const attempt = { realm: "passkey", email: sha256Hex(response.id), ip: input.ip };
  const { seconds } = await countTry(attempt);
  if (seconds !== undefined) throw new TooManyTries(seconds);
  const challenge = challengeOf(response.response.clientDataJSON);
  const kept =
    challenge && input.browser
      ? await takeChallenge({ kind: "passkey_sign_in", text: challenge, browser: input.browser })
      : undefined;
  if (!challenge || !kept) throw new PasskeyExpired();
  const row = await checkProof(response, challenge);
  await forgiveTries(attempt);
  if (await isBehindSso(row.user_id)) throw new SsoRequired();
  return { id: row.user_id, email: row.email, name: row.name, realm: "merchant" };
}

async function checkProof(response: Assertion, challenge: string): Promise<Row> {
  const [row] = await appDatabase().execute<Row>(sql`select * from internal.passkey(${response.id})`);
  if (!row) throw new PasskeyRefused();
  const { userHandle } = response.response;
  if (userHandle && Buffer.from(userHandle, "base64url").toString() !== row.user_id) throw new PasskeyRefused();
  const { id, origin } = relyingParty();
  const result = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(Buffer.from(row.public_key, "base64url")),
      counter: Number(row.counter),
    },
  }).catch((cause: unknown) => {
    log.warn({ err: cause, passkey: row.id }, "passkey refused");
    throw new PasskeyRefused(cause);
  });
  if (!result.verified) throw new PasskeyRefused();
  const { newCounter, credentialDeviceType } = result.authenticationInfo;
  const [used] = await appDatabase().execute<{ used: boolean }>(
    sql`select internal.use_passkey(${row.id}, ${newCounter}::bigint, ${credentialDeviceType === "multiDevice"}, ${systemClock.now().toISOString()}::timestamptz) as used`,
  );
  if (!used?.used) throw new PasskeyRefused();
  return row;
}

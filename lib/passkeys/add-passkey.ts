import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { sql } from "drizzle-orm";
import { keepChallenge, takeChallenge } from "#lib/access/challenge";
import { loadUser, withPersonAudit } from "#lib/access/people";
import { requirePassword } from "#lib/access/require-password";
import type { Session } from "#lib/access/session";
import type { Visitor } from "#lib/access/visitor";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { queueMail } from "#lib/mail/queue-mail";
import { PasskeyExpired, PasskeyRefused } from "./errors.ts";
import { listPasskeys, type Passkey } from "./list-passkeys.ts";
import { relyingParty } from "./relying-party.ts";
import { challengeOf, type Registration } from "./schemas.ts";

/** More than anybody has devices. */
const maxPasskeys = 20;

/**
 * What the browser needs to make a passkey. Tied to the session, so that no other browser can finish it.
 *
 * @throws PasswordWrong, TooManyTries
 */
export async function beginPasskey(
  visitor: Visitor,
  session: Session,
  password: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const user = await requirePassword(visitor, session.userId, password);
  const known = await listPasskeys(user.id);
  if (known.length >= maxPasskeys) throw tooMany();
  const { id, name } = relyingParty();
  const options = await generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userID: new Uint8Array(Buffer.from(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: "none",
    // Found without typing an e-mail, and proving who holds the device: that makes it two factors in one.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: known.map((one) => ({ id: one.credentialId, transports: [...one.transports] })),
  });
  await keepChallenge({ kind: "passkey_add", text: options.challenge, browser: session.id });
  return options;
}

/**
 * Keeps the passkey that the browser has made, and tells the person by mail.
 *
 * @throws PasskeyExpired, PasskeyRefused, AppError passkey_limit
 */
export async function finishPasskey(
  visitor: Visitor,
  session: Session,
  input: { name: string; response: Registration },
): Promise<Passkey> {
  const { userId } = session;
  const { credential, isSynced } = await verified(session, input.response);
  const transports = credential.transports ?? [];
  const id = newPlatformId("passkey");
  const now = systemClock.now();
  const key = Buffer.from(credential.publicKey).toString("base64url");
  await withPersonAudit({ id: userId, by: visitor }, "passkey.add", async (db) => {
    const [row] = await db.execute<{ added: boolean }>(
      sql`select internal.add_passkey(${id}, ${userId}, ${credential.id}, ${key}, ${credential.counter}::bigint,
        ${JSON.stringify(transports)}::jsonb, ${isSynced}, ${input.name}, ${now.toISOString()}::timestamptz, ${maxPasskeys}) as added`,
    );
    if (!row?.added) throw tooMany();
    const user = await loadUser(userId, db);
    if (!user) return;
    await queueMail(db, {
      kind: "passkey_added",
      to: user.email,
      locale: visitor.locale,
      values: { name: user.name, passkey: input.name, link: `${env.publicUrl}/dashboard/security` },
    });
  });
  const { id: credentialId } = credential;
  return { id, credentialId, transports, isSynced, name: input.name, createdAt: now, lastUsedAt: undefined };
}

async function verified(session: Session, response: Registration) {
  const challenge = challengeOf(response.response.clientDataJSON) ?? "";
  const kept = await takeChallenge({ kind: "passkey_add", text: challenge, browser: session.id });
  if (!kept) throw new PasskeyExpired();
  const { id, origin } = relyingParty();
  const result = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new PasskeyRefused(cause);
  });
  if (!result.verified) throw new PasskeyRefused();
  const { credential, credentialDeviceType } = result.registrationInfo;
  return { credential, isSynced: credentialDeviceType === "multiDevice" };
}

function tooMany(): AppError {
  return new AppError("conflict", "passkey_limit", { detail: { limit: maxPasskeys } });
}

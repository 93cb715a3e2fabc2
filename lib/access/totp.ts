import { sql } from "drizzle-orm";
import { generateSecret, generateURI, verify } from "otplib";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { seal, sha256Hex, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { randomToken } from "#lib/kernel/ids";
import { queueMail } from "#lib/mail/queue-mail";
import { CodeWrong, TooManyTries } from "./errors.ts";
import { type Executor, loadUser, type UserRow, withPersonAudit } from "./people.ts";
import { requirePassword } from "./require-password.ts";
import { countCode, forgiveCodes } from "./sign-in-limits.ts";
import type { Visitor } from "./visitor.ts";

const recoveryCodeCount = 10;
const recoveryCodeLength = 10;
const periodSeconds = 30;

export function totpContext(userId: string): string {
  return `users:${userId}:totp`;
}

/**
 * Makes a new secret for the person's authenticator app. It counts for nothing until a code of it was given.
 *
 * @returns the secret as base32, and the address that the QR code shows
 */
export async function beginTotp(
  visitor: Visitor,
  userId: string,
  password: string,
): Promise<{ secret: string; uri: string }> {
  const user = await requirePassword(visitor, userId, password);
  const secret = generateSecret();
  const [row] = await appDatabase().execute<{ begun: boolean }>(
    sql`select internal.begin_totp(${userId}, ${seal(env.secretsKeys, secret, totpContext(userId))}) as begun`,
  );
  if (!row?.begun) throw new AppError("conflict", "totp_already_on");
  return { secret, uri: generateURI({ issuer: "GlobalPayLink", label: user.email, secret }) };
}

/** Switches the second factor on with a first code. @returns the recovery codes, which are never to be had again */
export async function confirmTotp(visitor: Visitor, userId: string, code: string): Promise<string[]> {
  const seconds = await countCode(userId);
  if (seconds !== undefined) throw new TooManyTries(seconds);
  const user = await loadUser(userId);
  if (user?.totp_on) throw new AppError("conflict", "totp_already_on");
  if (!user || !(await takeTotpCode(user, code))) throw new CodeWrong();
  await forgiveCodes(userId);
  return giveRecoveryCodes(visitor, userId, "totp.enable", {
    before: { totp: false },
    after: { totp: true, recovery_codes_left: recoveryCodeCount },
  });
}

/** New recovery codes in place of the old ones. @throws PasswordWrong, AppError totp_off */
export async function renewRecoveryCodes(visitor: Visitor, userId: string, password: string): Promise<string[]> {
  const user = await requirePassword(visitor, userId, password);
  if (!user.totp_on) throw new AppError("conflict", "totp_off");
  return giveRecoveryCodes(visitor, userId, "recovery_codes.renew", {
    before: { recovery_codes_left: user.recovery_codes },
    after: { recovery_codes_left: recoveryCodeCount },
  });
}

async function giveRecoveryCodes(
  visitor: Visitor,
  userId: string,
  verb: string,
  change: Record<string, unknown>,
): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => randomToken(recoveryCodeLength));
  await withPersonAudit({ id: userId, by: visitor }, verb, (db) => db.execute(replaceCodes(userId, codes)), change);
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

function replaceCodes(userId: string, codes: readonly string[]) {
  const hashes = `{${codes.map(hashCode).join(",")}}`;
  return sql`select internal.set_recovery_codes(${userId}, ${hashes}::text[], ${systemClock.now().toISOString()}::timestamptz)`;
}

/** Switches the second factor off and tells the person by mail. @throws PasswordWrong */
export async function removeTotp(visitor: Visitor, userId: string, password: string): Promise<void> {
  const user = await requirePassword(visitor, userId, password);
  const change = {
    before: { totp: user.totp_on, recovery_codes_left: user.recovery_codes },
    after: { totp: false, recovery_codes_left: 0 },
  };
  const switchOff = async (db: Executor) => {
    await db.execute(replaceCodes(userId, []));
    await queueMail(db, {
      kind: "second_factor_off",
      to: user.email,
      locale: visitor.locale,
      values: {
        name: user.name,
        link: `${env.publicUrl}/dashboard/security`,
        reset: `${env.publicUrl}/reset-password`,
      },
    });
  };
  await withPersonAudit({ id: userId, by: visitor }, "totp.disable", switchOff, change);
}

/**
 * Whether `code` is the authenticator's present one or an unused recovery code. Either works once: of two sign-ins with
 * one code only the first gets in.
 */
export async function takeSecondFactor(user: UserRow, code: string): Promise<boolean> {
  const plain = code.replaceAll(/[\s-]/g, "").toLowerCase();
  if (/^\d{6}$/.test(plain)) return takeTotpCode(user, plain);
  const [row] = await appDatabase().execute<{ taken: boolean }>(
    sql`select internal.take_recovery_code(${user.id}, ${hashCode(plain)}, ${systemClock.now().toISOString()}::timestamptz) as taken`,
  );
  return row?.taken ?? false;
}

async function takeTotpCode(user: UserRow, code: string): Promise<boolean> {
  if (!user.totp_secret || !/^\d{6}$/.test(code)) return false;
  const secret = unseal(env.secretsKeys, user.totp_secret, totpContext(user.id));
  const epoch = Math.floor(systemClock.now().getTime() / 1000);
  // One step to either side: RFC 6238 §5.2 allows for clocks that differ.
  const result = await verify({ secret, token: code, epoch, epochTolerance: periodSeconds });
  if (!result.valid) return false;
  const step = Math.floor(epoch / periodSeconds) + result.delta;
  const [row] = await appDatabase().execute<{ taken: boolean }>(
    sql`select internal.take_totp_step(${user.id}, ${step}) as taken`,
  );
  return row?.taken ?? false;
}

function hashCode(code: string): string {
  return sha256Hex(`recovery:${code.replaceAll(/[\s-]/g, "").toLowerCase()}`);
}

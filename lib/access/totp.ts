import { sql } from "drizzle-orm";
import { generateSecret, generateURI, verify } from "otplib";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { seal, sha256Hex, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { randomToken } from "#lib/kernel/ids";
import { queueMail } from "#lib/mail/queue-mail";
import type { Account } from "./account.ts";
import { CodeWrong, TooManyTries } from "./errors.ts";
import { type Executor, loadPerson, type PersonRow } from "./people.ts";
import { requirePassword } from "./require-password.ts";
import type { Realm } from "./sign-in.ts";
import { countCode, forgiveCodes } from "./sign-in-limits.ts";

const recoveryCodeCount = 10;
const recoveryCodeLength = 10;
const periodSeconds = 30;
const maxCodeLength = 40;
/** What the app shows beside the e-mail: somebody may have an account of each kind. */
const issuers: Record<Realm, string> = { merchant: "GlobalPayLink", operator: "GlobalPayLink Console" };

export function totpContext(personId: string): string {
  return `second_factors:${personId}`;
}

/** What somebody shows before the second factor is changed; of the platform's staff a code too. */
export interface Proof {
  readonly password: string;
  /** The authenticator's code or a recovery code. */
  readonly code?: string | undefined;
}

type Who = Pick<Account, "realm" | "id">;

/**
 * Makes a new secret for the person's authenticator app. It counts for nothing until a code of it was given.
 *
 * @returns the secret as base32, and the address that the QR code shows
 */
export async function beginTotp(account: Account, password: string): Promise<{ secret: string; uri: string }> {
  const { realm, id } = account;
  const person = await requirePassword(account.visitor, id, password, realm);
  const secret = generateSecret();
  const [row] = await appDatabase().execute<{ begun: boolean }>(
    sql`select internal.begin_totp(${realm}, ${id}, ${seal(env.secretsKeys, secret, totpContext(id))}, ${nowText()}::timestamptz) as begun`,
  );
  if (!row?.begun) throw new AppError("conflict", "totp_already_on");
  return { secret, uri: generateURI({ issuer: issuers[realm], label: person.email, secret }) };
}

/** Switches the second factor on with a first code. @returns the recovery codes, which are never to be had again */
export async function confirmTotp(account: Account, code: string): Promise<string[]> {
  const person = await loadPerson(account);
  if (person?.totp_on) throw new AppError("conflict", "totp_already_on");
  await requireCode(account, person, (known) => takeTotpCode(known, code));
  return giveRecoveryCodes(account, "totp.enable", {
    before: { totp: false },
    after: { totp: true, recovery_codes_left: recoveryCodeCount },
  });
}

/** New recovery codes in place of the old ones. @throws PasswordWrong, CodeWrong, TooManyTries, AppError totp_off */
export async function renewRecoveryCodes(account: Account, proof: Proof): Promise<string[]> {
  const person = await requireProof(account, proof);
  if (!person.totp_on) throw new AppError("conflict", "totp_off");
  return giveRecoveryCodes(account, "recovery_codes.renew", {
    before: { recovery_codes_left: person.recovery_codes },
    after: { recovery_codes_left: recoveryCodeCount },
  });
}

async function giveRecoveryCodes(account: Account, verb: string, change: Record<string, unknown>): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => randomToken(recoveryCodeLength));
  await account.record(verb, (db) => replaceCodes(db, account, codes), change);
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

async function replaceCodes(db: Executor, { realm, id }: Who, codes: readonly string[]): Promise<void> {
  const hashes = `{${codes.map(hashCode).join(",")}}`;
  await db.execute(
    sql`select internal.set_recovery_codes(${realm}, ${id}, ${hashes}::text[], ${nowText()}::timestamptz)`,
  );
}

/** Takes somebody's authenticator and recovery codes away. */
export function forgetSecondFactor(db: Executor, who: Who): Promise<void> {
  return replaceCodes(db, who, []);
}

/** Switches the second factor off and tells the person by mail. @throws PasswordWrong, CodeWrong, TooManyTries */
export async function removeTotp(account: Account, proof: Proof): Promise<void> {
  const { email, name, totp_on, recovery_codes } = await requireProof(account, proof);
  const switchOff = async (db: Executor) => {
    await forgetSecondFactor(db, account);
    await queueMail(db, {
      kind: account.realm === "merchant" ? "second_factor_off" : "operator_factor_off",
      to: email,
      locale: account.visitor.locale,
      values: {
        name,
        by: name,
        link: `${env.publicUrl}${account.realm === "merchant" ? "/dashboard/security" : "/console/account"}`,
        reset: `${env.publicUrl}/reset-password`,
      },
    });
  };
  await account.record("totp.disable", switchOff, {
    before: { totp: totp_on, recovery_codes_left: recovery_codes },
    after: { totp: false, recovery_codes_left: 0 },
  });
}

/** @throws PasswordWrong, CodeWrong, TooManyTries */
async function requireProof(account: Account, { password, code = "" }: Proof): Promise<PersonRow> {
  const person = await requirePassword(account.visitor, account.id, password, account.realm);
  if (person.realm === "operator" && person.totp_on) {
    await requireCode(account, person, (known) => takeSecondFactor(known, code));
  }
  return person;
}

/** Counts the guess before it is looked at. @throws CodeWrong, TooManyTries */
async function requireCode(
  { id }: Who,
  person: PersonRow | undefined,
  take: (known: PersonRow) => Promise<boolean>,
): Promise<void> {
  const seconds = await countCode(id);
  if (seconds !== undefined) throw new TooManyTries(seconds);
  if (!person || !(await take(person))) throw new CodeWrong();
  await forgiveCodes(id);
}

/**
 * Whether `code` is the authenticator's present one or an unused recovery code. Either works once: of two sign-ins with
 * one code only the first gets in.
 */
export async function takeSecondFactor(person: PersonRow, code: string): Promise<boolean> {
  const plain = code.slice(0, maxCodeLength).replaceAll(/[\s-]/g, "").toLowerCase();
  if (/^\d{6}$/.test(plain)) return takeTotpCode(person, plain);
  const [row] = await appDatabase().execute<{ taken: boolean }>(
    sql`select internal.take_recovery_code(${person.realm}, ${person.id}, ${hashCode(plain)}, ${nowText()}::timestamptz) as taken`,
  );
  return row?.taken ?? false;
}

async function takeTotpCode(person: PersonRow, code: string): Promise<boolean> {
  if (!person.totp_secret || !/^\d{6}$/.test(code)) return false;
  const secret = unseal(env.secretsKeys, person.totp_secret, totpContext(person.id));
  const epoch = Math.floor(systemClock.now().getTime() / 1000);
  // One step to either side: RFC 6238 §5.2 allows for clocks that differ.
  const result = await verify({ secret, token: code, epoch, epochTolerance: periodSeconds });
  if (!result.valid) return false;
  const step = Math.floor(epoch / periodSeconds) + result.delta;
  const [row] = await appDatabase().execute<{ taken: boolean }>(
    sql`select internal.take_totp_step(${person.realm}, ${person.id}, ${step}) as taken`,
  );
  return row?.taken ?? false;
}

function hashCode(code: string): string {
  return sha256Hex(`recovery:${code.replaceAll(/[\s-]/g, "").toLowerCase()}`);
}

function nowText(): string {
  return systemClock.now().toISOString();
}

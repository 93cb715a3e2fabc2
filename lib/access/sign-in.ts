import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { processWide } from "#lib/kernel/globals";
import { log } from "#lib/kernel/log";
import { tellOfLock } from "./account-lock.ts";
import { unusableHash, verifyPassword } from "./password.ts";
import { loadPerson } from "./people.ts";
import { isBehindSso } from "./session.ts";
import { countCode, countTry, forgiveCodes, forgiveTries, takeBackTry } from "./sign-in-limits.ts";
import { takeSecondFactor } from "./totp.ts";

/** Merchants' people and the platform's own staff: separate tables, separate sessions. */
export type Realm = "merchant" | "operator";

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly realm: Realm;
}

export type SignInResult =
  | { readonly kind: "signed_in"; readonly person: Person }
  /** One answer for a wrong password and for an e-mail that nobody has. */
  | { readonly kind: "refused" }
  /** The password is right; now the authenticator's code. */
  | { readonly kind: "code_wanted" }
  | { readonly kind: "code_wrong" }
  /** All is right, but every merchant of the person insists on its own provider. */
  | { readonly kind: "sso_required" }
  | { readonly kind: "too_many_tries"; readonly seconds: number };

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string;
}

const maxEmailLength = 254;
const maxPasswordLength = 1_000;

/**
 * Signs somebody in, or says why not. Every try leaves a line in the log, without the e-mail.
 *
 * @param input.code the authenticator's code or a recovery code
 */
export async function signIn(
  realm: Realm,
  input: { email: string; password: string; ip: string; code?: string },
): Promise<SignInResult> {
  const result = await checkSignIn(realm, input);
  const personId = result.kind === "signed_in" ? result.person.id : undefined;
  log.info({ realm, ip: input.ip, outcome: result.kind, ...(personId && { personId }) }, "sign-in");
  return result;
}

/**
 * Checks e-mail, password and, where the person has one, the second factor. An unknown e-mail takes as long as a wrong
 * password and counts as a wrong try too.
 */
async function checkSignIn(
  realm: Realm,
  input: { email: string; password: string; ip: string; code?: string },
): Promise<SignInResult> {
  const email = input.email.trim().toLowerCase();
  if (!email || email.length > maxEmailLength || !input.password || input.password.length > maxPasswordLength) {
    return { kind: "refused" };
  }
  const attempt = { realm, email, ip: input.ip };
  const { seconds, isLast } = await countTry(attempt);
  if (seconds !== undefined) return { kind: "too_many_tries", seconds };

  const row = await findPerson(realm, email);
  const isRight = await verifyPassword(row?.password_hash ?? (await nobodysHash()), input.password);
  if (!row || !isRight) {
    if (row && isLast) await tellOfLock(realm, row, input.ip);
    return { kind: "refused" };
  }
  const refusal = await checkSecondFactor({ realm, id: row.id }, input.code);
  if (refusal) {
    if (refusal.kind === "code_wanted") await takeBackTry(attempt);
    else if (isLast) await tellOfLock(realm, row, input.ip);
    return refusal;
  }
  await forgiveTries(attempt);
  if (realm === "merchant" && (await isBehindSso(row.id))) return { kind: "sso_required" };
  return { kind: "signed_in", person: { id: row.id, email: row.email, name: row.name, realm } };
}

/** @returns why the sign-in stops here, or undefined when it may go on */
async function checkSecondFactor(
  who: { readonly realm: Realm; readonly id: string },
  code: string | undefined,
): Promise<SignInResult | undefined> {
  const person = await loadPerson(who);
  if (!person?.totp_on) return undefined;
  if (!code) return { kind: "code_wanted" };
  const seconds = await countCode(who.id);
  if (seconds !== undefined) return { kind: "too_many_tries", seconds };
  if (!(await takeSecondFactor(person, code))) return { kind: "code_wrong" };
  await forgiveCodes(who.id);
  return undefined;
}

async function findPerson(realm: Realm, email: string): Promise<Row | undefined> {
  const [row] = await appDatabase().execute<Row>(
    realm === "merchant"
      ? sql`select id, email, name, password_hash from internal.sign_in_user(${email})`
      : sql`select id, email, name, password_hash from internal.sign_in_operator(${email})`,
  );
  return row;
}

/** A hash that no password fits, to spend the same time on when there is nobody to compare with. */
function nobodysHash(): Promise<string> {
  return processWide("nobodys-password-hash", unusableHash);
}

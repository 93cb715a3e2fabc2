import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { processWide } from "#lib/kernel/globals";
import { randomToken } from "#lib/kernel/ids";
import { hashPassword, verifyPassword } from "./password.ts";
import { countTry, forgiveTries } from "./sign-in-limits.ts";

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
  | { readonly kind: "too_many_tries"; readonly seconds: number };

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string;
}

const maxEmailLength = 254;
const maxPasswordLength = 1_000;

/** Checks e-mail and password. An unknown e-mail takes as long as a wrong password and counts as a wrong try too. */
export async function signIn(
  realm: Realm,
  input: { email: string; password: string; ip: string },
): Promise<SignInResult> {
  const email = input.email.trim().toLowerCase();
  if (!email || email.length > maxEmailLength || !input.password || input.password.length > maxPasswordLength) {
    return { kind: "refused" };
  }
  const attempt = { realm, email, ip: input.ip };
  const seconds = await countTry(attempt);
  if (seconds !== undefined) return { kind: "too_many_tries", seconds };

  const row = await findPerson(realm, email);
  const isRight = await verifyPassword(row?.password_hash ?? (await nobodysHash()), input.password);
  if (!row || !isRight) return { kind: "refused" };
  await forgiveTries(attempt);
  return { kind: "signed_in", person: { id: row.id, email: row.email, name: row.name, realm } };
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
  return processWide("nobodys-password-hash", () => hashPassword(randomToken(32)));
}

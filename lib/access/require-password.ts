import { PasswordWrong, TooManyTries } from "./errors.ts";
import { verifyPassword } from "./password.ts";
import { loadPerson, type PersonRow } from "./people.ts";
import type { Realm } from "./sign-in.ts";
import { countTry, forgiveTries } from "./sign-in-limits.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Asked before something that would let a stranger at an open browser take the account over.
 *
 * @throws PasswordWrong, TooManyTries
 */
export async function requirePassword(
  visitor: Visitor,
  personId: string,
  password: string,
  realm: Realm = "merchant",
): Promise<PersonRow> {
  const attempt = { realm: "confirm", email: personId, ip: visitor.ip };
  const { seconds } = await countTry(attempt);
  if (seconds !== undefined) throw new TooManyTries(seconds);
  const person = await loadPerson({ realm, id: personId });
  if (!person || !(await verifyPassword(person.password_hash, password))) throw new PasswordWrong();
  await forgiveTries(attempt);
  return person;
}

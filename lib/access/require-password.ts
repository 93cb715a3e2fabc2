import { PasswordWrong, TooManyTries } from "./errors.ts";
import { verifyPassword } from "./password.ts";
import { loadUser, type UserRow } from "./people.ts";
import { countTry, forgiveTries } from "./sign-in-limits.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Asked before something that would let a stranger at an open browser take the account over.
 *
 * @throws PasswordWrong, TooManyTries
 */
export async function requirePassword(visitor: Visitor, userId: string, password: string): Promise<UserRow> {
  const attempt = { realm: "confirm", email: userId, ip: visitor.ip };
  const { seconds } = await countTry(attempt);
  if (seconds !== undefined) throw new TooManyTries(seconds);
  const user = await loadUser(userId);
  if (!user || !(await verifyPassword(user.password_hash, password))) throw new PasswordWrong();
  await forgiveTries(attempt);
  return user;
}

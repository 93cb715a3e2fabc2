import { countUse, forgetUses, giveBackUse, type SharedLimit } from "#lib/limits/shared-limit";

const minuteMs = 60_000;

/** Of one account from one address. */
const fromAddress: SharedLimit = { name: "sign_in_account_address", most: 5, windowMs: 15 * minuteMs };
/**
 * Of one account from everywhere, as an address can be made up. The one that reaches the most locks the account: no
 * password opens it, a passkey still does, and a new password by mail unlocks it.
 */
export const accountTries: SharedLimit = {
  name: "sign_in_account",
  most: 20,
  windowMs: 15 * minuteMs,
  holdMs: 30 * minuteMs,
};
/** Of one address over all accounts. */
const overAccounts: SharedLimit = { name: "sign_in_address", most: 60, windowMs: 15 * minuteMs };

export interface Try {
  readonly realm: string;
  readonly email: string;
  readonly ip: string;
}

export interface CountedTry {
  /** To wait, when there were too many. */
  readonly seconds: number | undefined;
  /** This one, when wrong, locks the account. */
  readonly isLast: boolean;
}

const accountKey = ({ realm, email }: Pick<Try, "realm" | "email">) => `${realm} ${email}`;

/**
 * Counts a try as wrong before it is looked at, so that many at once can't slip past the limit. An e-mail that nobody has
 * is counted and locked like any other.
 */
export async function countTry(attempt: Try): Promise<CountedTry> {
  const account = accountKey(attempt);
  const address = await countUse(overAccounts, attempt.ip);
  if (address.seconds !== undefined) return { seconds: address.seconds, isLast: false };
  const pair = await countUse(fromAddress, `${account} ${attempt.ip}`);
  // What one address may no longer try does not bring the account nearer to its lock: nobody can lock it alone.
  if (pair.seconds !== undefined) return { seconds: pair.seconds, isLast: false };
  const all = await countUse(accountTries, account);
  return { seconds: all.seconds, isLast: all.used === accountTries.most };
}

/** The password was right and a second factor is wanted: this try was none, and earlier wrong ones stay counted. */
export async function takeBackTry(attempt: Try): Promise<void> {
  await Promise.all([
    giveBackUse(fromAddress, `${accountKey(attempt)} ${attempt.ip}`),
    giveBackUse(accountTries, accountKey(attempt)),
    giveBackUse(overAccounts, attempt.ip),
  ]);
}

/** The password was right: nothing of this person's tries counts any more. */
export async function forgiveTries(attempt: Try): Promise<void> {
  await Promise.all([
    forgetUses(fromAddress, `${accountKey(attempt)} ${attempt.ip}`),
    giveBackUse(accountTries, accountKey(attempt)),
    giveBackUse(overAccounts, attempt.ip),
  ]);
}

/** A new password was proven to be its person's: the account's lock opens, and this address may try again. */
export async function unlockAccount(attempt: Try): Promise<void> {
  await Promise.all([
    forgetUses(accountTries, accountKey(attempt)),
    forgetUses(fromAddress, `${accountKey(attempt)} ${attempt.ip}`),
  ]);
}

/** A code has six digits, and three are good at any moment: ten guesses an hour. */
const codeGuesses: SharedLimit = { name: "second_factor", most: 10, windowMs: 60 * minuteMs };

/**
 * Counts a guess at somebody's second factor.
 *
 * @returns the seconds to wait when there were too many, or undefined
 */
export async function countCode(userId: string): Promise<number | undefined> {
  return (await countUse(codeGuesses, userId)).seconds;
}

export async function forgiveCodes(userId: string): Promise<void> {
  await forgetUses(codeGuesses, userId);
}

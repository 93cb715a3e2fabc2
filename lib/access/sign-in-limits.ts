import { RateLimiterMemory } from "rate-limiter-flexible";
import { countAgainst } from "#lib/kernel/count-against";
import { processWide } from "#lib/kernel/globals";

const windowSeconds = 15 * 60;

/**
 * Wrong tries in 15 minutes, in each web process: of one account from one address, of one account from everywhere (an
 * address can be made up), and of one address over all accounts.
 */
const wrongTries = { accountAndAddress: 5, account: 50, address: 60 } as const;

const limiters = () =>
  processWide("sign-in-limits", () => ({
    accountAndAddress: new RateLimiterMemory({ points: wrongTries.accountAndAddress, duration: windowSeconds }),
    account: new RateLimiterMemory({ points: wrongTries.account, duration: windowSeconds }),
    address: new RateLimiterMemory({ points: wrongTries.address, duration: windowSeconds }),
  }));

export interface Try {
  readonly realm: string;
  readonly email: string;
  readonly ip: string;
}

/**
 * Counts a try as wrong before it is looked at, so that many at once can't slip past the limit.
 *
 * @returns the seconds to wait when there were too many, or undefined
 */
export async function countTry(attempt: Try): Promise<number | undefined> {
  const { accountAndAddress, account, address } = limiters();
  const counts = [
    [address, attempt.ip],
    [account, accountKey(attempt)],
    [accountAndAddress, `${accountKey(attempt)} ${attempt.ip}`],
  ] as const;
  for (const [limiter, key] of counts) {
    const answer = await countAgainst(limiter, key);
    if (answer.consumedPoints > limiter.points) return Math.max(1, Math.ceil(answer.msBeforeNext / 1000));
  }
  return undefined;
}

/** The password was right and a second factor is wanted: this try was none, and earlier wrong ones stay counted. */
export async function takeBackTry(attempt: Try): Promise<void> {
  const { accountAndAddress, account, address } = limiters();
  await Promise.all([
    accountAndAddress.reward(`${accountKey(attempt)} ${attempt.ip}`),
    account.reward(accountKey(attempt)),
    address.reward(attempt.ip),
  ]);
}

const codeWindowSeconds = 3_600;

/** A code has six digits, and three are good at any moment: ten guesses an hour. */
const codeTries = 10;

const codeLimiter = () =>
  processWide("code-limits", () => new RateLimiterMemory({ points: codeTries, duration: codeWindowSeconds }));

/**
 * Counts a guess at somebody's second factor.
 *
 * @returns the seconds to wait when there were too many, or undefined
 */
export async function countCode(userId: string): Promise<number | undefined> {
  const answer = await countAgainst(codeLimiter(), userId);
  return answer.consumedPoints > codeTries ? Math.max(1, Math.ceil(answer.msBeforeNext / 1000)) : undefined;
}

export async function forgiveCodes(userId: string): Promise<void> {
  await codeLimiter().delete(userId);
}

/** The password was right: nothing of this person's tries counts any more. */
export async function forgiveTries(attempt: Try): Promise<void> {
  const { accountAndAddress, account, address } = limiters();
  await Promise.all([
    accountAndAddress.delete(`${accountKey(attempt)} ${attempt.ip}`),
    account.reward(accountKey(attempt)),
    address.reward(attempt.ip),
  ]);
}

function accountKey(attempt: Try): string {
  return `${attempt.realm} ${attempt.email}`;
}

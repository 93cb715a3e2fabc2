import { RateLimiterMemory } from "rate-limiter-flexible";
import { countAgainst } from "#lib/kernel/count-against";
import { processWide } from "#lib/kernel/globals";
import { TooManyTries } from "./errors.ts";

const hourSeconds = 3_600;

/** Mails that strangers may have us send in an hour, in each web process: to one address, and asked for from one. */
const limiters = () =>
  processWide("mail-limits", () => ({
    recipient: new RateLimiterMemory({ points: 5, duration: hourSeconds }),
    sender: new RateLimiterMemory({ points: 60, duration: hourSeconds }),
  }));

/** Counted whether or not the address has an account, so that the answer tells nothing. @throws TooManyTries */
export async function countMail(input: { email: string; ip: string }): Promise<void> {
  const { recipient, sender } = limiters();
  for (const [limiter, key] of [
    [sender, input.ip],
    [recipient, input.email],
  ] as const) {
    const answer = await countAgainst(limiter, key);
    if (answer.consumedPoints > limiter.points) {
      const seconds = Math.max(1, Math.ceil(answer.msBeforeNext / 1000));
      throw new TooManyTries(seconds);
    }
  }
}

import { countUse, type SharedLimit } from "#lib/limits/shared-limit";
import { TooManyTries } from "./errors.ts";

const hourMs = 3_600_000;

/** Mails that strangers may have us send in an hour: asked for from one address, and to one. */
const asked: SharedLimit = { name: "mail_sender", most: 60, windowMs: hourMs };
const received: SharedLimit = { name: "mail_recipient", most: 5, windowMs: hourMs };

/** Counted whether or not the address has an account, so that the answer tells nothing. @throws TooManyTries */
export async function countMail(input: { email: string; ip: string }): Promise<void> {
  for (const [limit, subject] of [
    [asked, input.ip],
    [received, input.email],
  ] as const) {
    const { seconds } = await countUse(limit, subject);
    if (seconds !== undefined) throw new TooManyTries(seconds);
  }
}

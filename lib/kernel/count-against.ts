import type { RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";

/**
 * Counts one more use of a limit, also of one that is used up: `consumedPoints` says which.
 *
 * The answer is told by its shape and not by its class. A limiter is one for the process, and the pages' bundle and the
 * server each have a copy of the library: whichever made the limiter, its answers are of that copy's class.
 */
export async function countAgainst(
  limiter: Pick<RateLimiterAbstract, "consume">,
  key: string,
): Promise<Pick<RateLimiterRes, "consumedPoints" | "msBeforeNext" | "remainingPoints">> {
  try {
    return await limiter.consume(key);
  } catch (refusal) {
    if (isAnswer(refusal)) return refusal;
    throw refusal;
  }
}

function isAnswer(refusal: unknown): refusal is RateLimiterRes {
  return typeof refusal === "object" && refusal !== null && "msBeforeNext" in refusal && "consumedPoints" in refusal;
}

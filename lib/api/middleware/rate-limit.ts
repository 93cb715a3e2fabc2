import { createMiddleware } from "hono/factory";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { countAgainst } from "#lib/kernel/count-against";
import { AppError } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";
import type { ApiEnv } from "../env.ts";

/** Requests a second of one API key or signed-in person, in each web process. */
export const keyLimit = Number(process.env.RATE_LIMIT_PER_SECOND || "500");
/** Requests in ten seconds of one address on the shopper's side; a shop's own network may stand behind one address. */
const shopperLimit = Number(process.env.SHOPPER_RATE_LIMIT || "600");

const limiters = processWide("rate-limiters", () => ({
  key: new RateLimiterMemory({ points: keyLimit, duration: 1 }),
  shopper: new RateLimiterMemory({ points: shopperLimit, duration: 10 }),
}));

async function consume(
  limiter: RateLimiterMemory,
  subject: string,
  headers: (name: string, value: string) => void,
): Promise<void> {
  const answer = await countAgainst(limiter, subject);
  const seconds = Math.max(1, Math.ceil(answer.msBeforeNext / 1000));
  // IETF draft-ietf-httpapi-ratelimit-headers.
  headers("ratelimit-policy", `"default";q=${limiter.points};w=${limiter.duration}`);
  headers("ratelimit", `"default";r=${Math.max(0, answer.remainingPoints)};t=${seconds}`);
  if (answer.consumedPoints > limiter.points) {
    headers("retry-after", String(seconds));
    throw new AppError("rate_limited", "rate_limited", { detail: { seconds } });
  }
}

export const limitByCaller = createMiddleware<ApiEnv>(async (c, next) => {
  await consume(limiters.key, c.get("principal").id, (name, value) => c.header(name, value));
  await next();
});

export const limitByOperator = createMiddleware<ApiEnv>(async (c, next) => {
  await consume(limiters.key, c.get("octx").operator.id, (name, value) => c.header(name, value));
  await next();
});

export const limitByAddress = createMiddleware<ApiEnv>(async (c, next) => {
  await consume(limiters.shopper, c.get("ip") || "unknown", (name, value) => c.header(name, value));
  await next();
});

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses between the tries, of the example schedule of Standard Webhooks: ten tries in about 75 hours. */
export const retryDelaysMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

export const maxTries = retryDelaysMs.length + 1;

const maxRetryAfterMs = 24 * hour;
const jitterShare = 0.1;

/** An endpoint that has accepted nothing for this long is reported to the merchant … */
export const alertAfterMs = 24 * hour;
/** … and after this long switched off. */
export const disableAfterMs = 120 * hour;

/**
 * When to try again after `triesMade` failures, or undefined when there is no try left. Spread by ±10 %, so that a
 * receiver that comes back is not met by everything at once; never sooner than the receiver asked for.
 *
 * @param random in [0, 1)
 * @param retryAfter the header as it came: seconds or an HTTP date; believed up to 24 hours
 */
export function nextTryAt(
  triesMade: number,
  now: Date,
  random: number,
  retryAfter: string | undefined,
): Date | undefined {
  const delayMs = retryDelaysMs[triesMade - 1];
  if (delayMs === undefined) return undefined;
  const spreadMs = delayMs * (1 - jitterShare + 2 * jitterShare * random);
  return new Date(now.getTime() + Math.round(Math.max(spreadMs, askedDelayMs(retryAfter, now))));
}

function askedDelayMs(retryAfter: string | undefined, now: Date): number {
  const text = retryAfter?.trim() ?? "";
  // RFC 9110 §10.2.3: delay-seconds or HTTP-date.
  const delayMs = /^\d{1,10}$/.test(text) ? Number(text) * second : Date.parse(text) - now.getTime();
  return Number.isNaN(delayMs) ? 0 : Math.min(Math.max(delayMs, 0), maxRetryAfterMs);
}

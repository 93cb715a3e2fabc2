import type { PostResult } from "#lib/http-safe/post";
import { nextTryAt } from "./schedule.ts";

/** What one try means for its delivery. */
export interface Verdict {
  readonly status: "succeeded" | "pending" | "failed";
  readonly nextTryAt: Date | undefined;
  readonly responseStatus: number | undefined;
  readonly responseBody: string | undefined;
  readonly error: string | undefined;
  /** The receiver said that it is there no more, and wants nothing further. */
  readonly isGone: boolean;
}

const maxLoggedCharacters = 1_024;

/** Success is 2xx and nothing else. */
export function isAccepted(result: PostResult): boolean {
  return result.kind === "answered" && result.status >= 200 && result.status < 300;
}

/**
 * A redirect is a failure: the merchant gave an address, not a trail. 410 ends it
 * (Standard Webhooks, "Operational considerations"); anything else is tried again while there are tries left.
 *
 * @param triesMade this one included
 */
export function verdictOf(result: PostResult, triesMade: number, now: Date, random: number): Verdict {
  if (result.kind === "failed") {
    const next = result.error === "request_too_large" ? undefined : nextTryAt(triesMade, now, random, undefined);
    return { ...retried(next), responseStatus: undefined, responseBody: undefined, error: result.error, isGone: false };
  }
  const answer = { responseStatus: result.status, responseBody: logged(result.body), isGone: result.status === 410 };
  if (isAccepted(result)) {
    return { ...answer, status: "succeeded", nextTryAt: undefined, error: undefined };
  }
  if (answer.isGone) return { ...answer, status: "failed", nextTryAt: undefined, error: "gone" };
  const isRedirect = result.status >= 300 && result.status < 400;
  const next = nextTryAt(triesMade, now, random, result.retryAfter);
  return { ...answer, ...retried(next), error: isRedirect ? "redirect" : "refused" };
}

function retried(next: Date | undefined): Pick<Verdict, "status" | "nextTryAt"> {
  return { status: next ? "pending" : "failed", nextTryAt: next };
}

/** PostgreSQL's text holds no NUL, and the log needs no more than the beginning. */
function logged(body: string): string {
  return body.replaceAll("\0", "\uFFFD").slice(0, maxLoggedCharacters).toWellFormed();
}

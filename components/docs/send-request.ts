import type { Request } from "./request.ts";

export interface Answered {
  readonly status: number;
  readonly durationMs: number;
  /** Headers that tell something about the call, in the order in which they are shown. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly json: unknown;
  readonly text: string;
}

const shownHeaders = ["request-id", "idempotency-replayed", "ratelimit", "retry-after", "gpl-version"];
const timeoutMs = 30_000;

/** @returns undefined when there was no answer, so that nobody knows whether the request arrived */
export async function sendRequest(request: Request, locale: string): Promise<Answered | undefined> {
  const startedAt = performance.now();
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers, "accept-language": locale },
      ...(request.body !== undefined && { body: request.body }),
      // The key alone must decide: a signed-in reader's session would answer for another merchant or mode.
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const durationMs = Math.round(performance.now() - startedAt);
    const headers = shownHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return { status: response.status, durationMs, headers, ...parsed(text) };
  } catch {
    return undefined;
  }
}

function parsed(text: string): { json: unknown; text: string } {
  try {
    const json: unknown = JSON.parse(text);
    return { json, text: JSON.stringify(json, null, 2) };
  } catch {
    return { json: undefined, text };
  }
}

/** What a receiver is told. */
export interface AlertMessage {
  readonly title: string;
  readonly text: string;
  readonly severity: string;
  /** For machines: ids, values, moments. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** One HTTP request that brings a message, and how its answer is read. */
export interface AlertRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why a message did not arrive; undefined when it did. A robot says no with status 200. */
export type ReadAnswer = (status: number, body: string) => string | undefined;

/** The answer's JSON, or an empty object: what is no JSON says nothing. */
export function answerFields(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function httpError(status: number): string | undefined {
  return status >= 200 && status < 300 ? undefined : `http_${status}`;
}

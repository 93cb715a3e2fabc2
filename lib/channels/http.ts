import { log } from "#lib/kernel/log";
import { inSpan } from "#lib/kernel/tracing";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange: connecting, waiting and reading the answer. */
  readonly timeoutMs: number;
  /** An answer larger than this counts as lost. */
  readonly maxBytes?: number;
  readonly requestId: string;
}

export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  /** Untouched, because signatures are over bytes. */
  readonly body: Buffer;
}

/**
 * `not_sent`: no connection was ever made, so the provider certainly did nothing. `lost`: the request may have been
 * carried out, only its answer is missing.
 */
export interface HttpFailure {
  readonly kind: "not_sent" | "lost";
  readonly cause: string;
}

/** Enough for any answer of an API call; statements ask for more. */
export const maxAnswerBytes = 2 * 1024 * 1024;
const maxTimeoutMs = 300_000;

/**
 * One HTTP exchange with a provider. Never throws on what the network does, never follows a redirect (a signed request
 * must not travel on to another host), and reuses connections: fetch keeps them alive.
 *
 * @throws RangeError when the timeout is not between 1 ms and 5 minutes
 */
export async function callHttp(request: HttpRequest): Promise<HttpAnswer | HttpFailure> {
  if (!(request.timeoutMs > 0 && request.timeoutMs <= maxTimeoutMs)) throw new RangeError("timeoutMs out of bounds");
  const startedMs = performance.now();
  const outcome = await traced(request, () => exchange(request));
  report(request, outcome, performance.now() - startedMs);
  return outcome;
}

/** No trace context travels to a provider: it is none of their concern, and signed headers stay as they are. */
function traced(request: HttpRequest, call: () => Promise<HttpAnswer | HttpFailure>) {
  const attributes = { "http.request.method": request.method, "server.address": URL.parse(request.url)?.host ?? "" };
  return inSpan({ name: "channel call", kind: "client", attributes }, async (span) => {
    const outcome = await call();
    if (outcome.kind === "answer") span.set({ "http.response.status_code": outcome.status });
    else span.fail(outcome.cause);
    return outcome;
  });
}

async function exchange(request: HttpRequest): Promise<HttpAnswer | HttpFailure> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: "manual",
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    const body = await readBounded(response, request.maxBytes ?? maxAnswerBytes);
    if (!body) return { kind: "lost", cause: `answer ${response.status} is larger than allowed` };
    return { kind: "answer", status: response.status, headers: response.headers, body };
  } catch (error) {
    return { kind: wasNeverSent(error) ? "not_sent" : "lost", cause: causeOf(error) };
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  if (!response.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, and with it the connection.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Failures of the TLS handshake that end it before the request leaves. */
const certificateErrors: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Only what proves that nothing was sent; a failure that we do not know counts as lost. */
function wasNeverSent(error: unknown): boolean {
  const cause = rootOf(error);
  // One error for each address that was tried.
  const parts: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return parts.length > 0 && parts.every(failedBeforeSending);
}

function failedBeforeSending(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  return code === "UND_ERR_CONNECT_TIMEOUT" || code === "ERR_INVALID_URL" || certificateErrors.has(String(code));
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function causeOf(error: unknown): string {
  const cause = rootOf(error);
  if (!(cause instanceof Error)) return "network failure";
  const { code } = cause as NodeJS.ErrnoException;
  return typeof code === "string" ? `${cause.name} ${code}` : `${cause.name}: ${cause.message}`;
}

function report(request: HttpRequest, outcome: HttpAnswer | HttpFailure, tookMs: number): void {
  // Without its query: providers put tokens and signatures there.
  const line = {
    requestId: request.requestId,
    method: request.method,
    url: request.url.split("?", 1)[0],
    tookMs: Math.round(tookMs),
  };
  if (outcome.kind === "answer") log.debug({ ...line, status: outcome.status }, "channel answered");
  else log.warn({ ...line, outcome: outcome.kind, cause: outcome.cause }, "channel did not answer");
}

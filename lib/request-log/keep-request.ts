import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { Batch } from "#lib/kernel/batch";
import { processWide } from "#lib/kernel/globals";
import { newId } from "#lib/kernel/ids";
import { redact } from "#lib/kernel/redact";

export interface SeenRequest {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly requestId: string;
  readonly actorType: "api_key" | "user" | "operator";
  readonly actorId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly errorCode: string | undefined;
  readonly durationMs: number;
  readonly ip: string;
  readonly userAgent: string | undefined;
  readonly requestBody: string | undefined;
  readonly responseBody: string | undefined;
  readonly at: Date;
}

const everyMs = 500;
const mostWaiting = 2_000;
const mostKept = 8_192;
/** So that a secret or number at the cut is seen whole before the cut. */
const lookAhead = 1_024;

/** Half a second of requests is lost when the process is killed: a request does not wait for its own log. */
const waiting = processWide(
  "request-log",
  () => new Batch<SeenRequest>({ name: "request log", everyMs, most: mostWaiting, write }),
);

/** Puts a request on its way into the log. Takes no time: text is cleaned when it is written. */
export function keepRequest(request: SeenRequest): void {
  waiting.push(request);
}

export function writeRequests(): Promise<void> {
  return waiting.flush();
}

async function write(requests: readonly SeenRequest[]): Promise<void> {
  await appDatabase().execute(sql`select internal.keep_requests(${JSON.stringify(requests.map(rowFrom))}::json)`);
}

function rowFrom(request: SeenRequest): Record<string, unknown> {
  return {
    merchant_id: request.merchantId,
    id: newId("requestLog", request.merchantId, request.at.getTime()),
    livemode: request.livemode,
    request_id: request.requestId,
    actor_type: request.actorType,
    actor_id: request.actorId,
    method: request.method,
    path: kept(request.path),
    status: request.status,
    error_code: request.errorCode ?? null,
    duration_ms: Math.round(request.durationMs),
    ip: request.ip || null,
    user_agent: kept(request.userAgent),
    request_body: kept(request.requestBody),
    response_body: kept(request.responseBody),
    created_at: request.at.toISOString(),
  };
}

function kept(text: string | undefined): string | null {
  if (!text) return null;
  const clean = redact(text.slice(0, mostKept + lookAhead));
  const cut = clean.length > mostKept ? `${clean.slice(0, mostKept)}…` : clean;
  // PostgreSQL takes neither; one such text would take the whole batch with it.
  return cut.replaceAll("\0", "").toWellFormed();
}

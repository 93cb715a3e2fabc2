import http from "node:http";
import https from "node:https";
import { inSpan } from "#lib/kernel/tracing";
import { ConnectRefused, type SafeAgents } from "./agents.ts";

/** Why there was no answer. */
export type PostError =
  | "address_refused"
  | "dns_failed"
  | "connect_timeout"
  | "timeout"
  | "tls_failed"
  | "connection_failed"
  | "invalid_response"
  | "request_too_large";

export type PostResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter: string | undefined;
      /** At most `maxAnswerBytes` of it; what is longer is not read. */
      readonly body: string;
      readonly durationMs: number;
    }
  | { readonly kind: "failed"; readonly error: PostError; readonly durationMs: number };

export interface PostOptions {
  readonly agents: SafeAgents;
  /** From the call to the answer's status line. */
  readonly timeoutMs: number;
}

export const maxAnswerBytes = 16_384;
export const maxRequestBytes = 262_144;
const maxHeaderBytes = 8_192;

/**
 * POSTs to an address that a stranger chose. Reaches allowed addresses only, follows no redirect, and is bounded in
 * time and in size both ways. Never throws: what went wrong is part of the result.
 */
export function post(
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  options: PostOptions,
): Promise<PostResult> {
  // The address's host alone: what stands behind it may be the receiver's secret.
  const attributes = { "server.address": url.host, ...idOf(request.headers) };
  return inSpan({ name: "webhook delivery", kind: "client", attributes }, async (span) => {
    const result = await send(url, request, options);
    if (result.kind === "answered") span.set({ "http.response.status_code": result.status });
    else span.fail(result.error);
    return result;
  });
}

function idOf(headers: Readonly<Record<string, string>>): { "globalpaylink.event_id"?: string } {
  const id = headers["webhook-id"];
  return id ? { "globalpaylink.event_id": id } : {};
}

async function send(
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  options: PostOptions,
): Promise<PostResult> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  const body = Buffer.from(request.body);
  const headerBytes = Object.entries(request.headers).reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  if (body.length > maxRequestBytes || headerBytes > maxHeaderBytes) {
    return { kind: "failed", error: "request_too_large", durationMs: 0 };
  }
  for (const isRepeated of [false, true]) {
    const left = options.timeoutMs - (performance.now() - startedAt);
    const outcome = await exchange(url, request.headers, body, options.agents, left);
    // The other side closed an idle connection just as we used it, as servers do: once more, on a new one if need be.
    if (outcome === "stale_connection" && !isRepeated) continue;
    if (outcome === "stale_connection") break;
    return { ...outcome, durationMs: elapsed() };
  }
  return { kind: "failed", error: "connection_failed", durationMs: elapsed() };
}

type Answer = Omit<Extract<PostResult, { kind: "answered" }>, "durationMs">;
type Failure = Omit<Extract<PostResult, { kind: "failed" }>, "durationMs">;

function exchange(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  agents: SafeAgents,
  timeoutMs: number,
): Promise<Answer | Failure | "stale_connection"> {
  return new Promise((resolve) => {
    let isLate = false;
    let isAnswered = false;
    const send = url.protocol === "https:" ? https.request : http.request;
    const outgoing = send(url, {
      method: "POST",
      agent: url.protocol === "https:" ? agents.https : agents.http,
      maxHeaderSize: 16_384,
      headers: { ...headers, "content-length": body.length },
    });
    const timer = setTimeout(
      () => {
        isLate = true;
        outgoing.destroy(new Error("timeout"));
      },
      Math.max(0, timeoutMs),
    );
    const finish = (outcome: Answer | Failure | "stale_connection") => {
      clearTimeout(timer);
      resolve(outcome);
    };
    outgoing.once("response", (incoming) => {
      isAnswered = true; // The status counts, however the body ends.
      readAtMost(incoming, maxAnswerBytes, (text) =>
        finish({
          kind: "answered",
          status: incoming.statusCode ?? 0,
          retryAfter: incoming.headers["retry-after"],
          body: text,
        }),
      );
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      if (isAnswered) return;
      if (isLate) finish({ kind: "failed", error: "timeout" });
      else if (outgoing.reusedSocket && isConnectionLoss(error)) finish("stale_connection");
      else finish({ kind: "failed", error: errorWord(error) });
    });
    outgoing.end(body);
  });
}

/** Reads until the end, the limit or the connection's end, whichever is first; beyond the limit the connection is given up. */
function readAtMost(incoming: http.IncomingMessage, limit: number, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) incoming.destroy();
  });
  incoming.once("error", () => {});
  incoming.once("close", () => done(Buffer.concat(chunks).subarray(0, limit).toString("utf8")));
}

function isConnectionLoss(error: NodeJS.ErrnoException): boolean {
  return error.code === "ECONNRESET" || error.code === "EPIPE";
}

function errorWord(error: NodeJS.ErrnoException): PostError {
  if (error instanceof ConnectRefused) return error.code;
  const code = error.code ?? "";
  if (code.startsWith("HPE_")) return "invalid_response";
  if (/^(ERR_TLS|ERR_SSL|CERT|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/.test(code))
    return "tls_failed";
  return "connection_failed";
}

import http from "node:http";
import https from "node:https";
import type { SafeAgents } from "./agents.ts";

export const maxFetchBytes = 262_144;

export interface SafeFetchOptions {
  readonly agents: SafeAgents;
  /** From the call to the end of the answer. */
  readonly timeoutMs: number;
}

interface Ask {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * Asks an address that a stranger chose: allowed addresses only, no redirect followed, bounded in time and size.
 *
 * @throws ConnectRefused, or the connection's own error
 */
export function safeFetch(url: URL, ask: Ask, { agents, timeoutMs }: SafeFetchOptions): Promise<Response> {
  const isSecure = url.protocol === "https:";
  const send = isSecure ? https.request : http.request;
  const body = ask.body === undefined ? undefined : Buffer.from(ask.body);
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: ask.method,
      agent: isSecure ? agents.https : agents.http,
      maxHeaderSize: 16_384,
      headers: { ...ask.headers, ...(body && { "content-length": body.length }) },
    });
    const timer = setTimeout(() => outgoing.destroy(new Error("timeout")), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    outgoing.once("response", (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxFetchBytes) incoming.destroy(new Error("answer too large"));
        else chunks.push(chunk);
      });
      incoming.once("error", fail);
      incoming.once("end", () => {
        clearTimeout(timer);
        resolve(answerOf(incoming, Buffer.concat(chunks)));
      });
    });
    outgoing.on("error", fail);
    outgoing.end(body);
  });
}

/** Statuses for which `Response` takes no body. */
const withoutBody = new Set([204, 205, 304]);

function answerOf(incoming: http.IncomingMessage, body: Buffer): Response {
  const status = incoming.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return new Response(withoutBody.has(status) ? null : new Uint8Array(body), { status, headers });
}

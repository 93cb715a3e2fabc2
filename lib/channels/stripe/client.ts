import { createHash } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import Stripe from "stripe";
import { processWide } from "#lib/kernel/globals";
import { log } from "#lib/kernel/log";
import { inSpan } from "#lib/kernel/tracing";
import type { CallOptions, ChannelAccount } from "../channel.ts";
import type { StripeCredentials } from "./wire.ts";

/** A definite no: Stripe answered, and did not carry the request out. */
export interface Refusal {
  readonly kind: "refused";
  readonly status: number;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly declineCode: string | undefined;
  readonly param: string | undefined;
  /** Stripe repeats the stored answer of an earlier request with the same idempotency key. */
  readonly replayed: boolean;
  readonly intent: Stripe.PaymentIntent | undefined;
}

export interface Lost {
  readonly kind: "lost";
  readonly cause: string;
}

export type Answer<T> = { readonly kind: "answered"; readonly value: T } | Refusal | Lost;

type HttpClient = NonNullable<Stripe.StripeConfig["httpClient"]>;

const idleSocketMs = 20_000;
const maxClients = 500;
const socketClosedCodes = ["ECONNRESET", "EPIPE"];

/** One client an account: the library keeps per-client state, and building one costs more than a call. */
const clients = processWide("stripe-clients", () => new Map<string, Stripe>());

export function clientFor(account: ChannelAccount<StripeCredentials>): Stripe {
  const secret = account.credentials.secret_key;
  const key = `${account.baseUrl} ${createHash("sha256").update(secret).digest("base64url")}`;
  const client = clients.get(key) ?? newClient(secret, account.baseUrl);
  // Taken out and put back, so that the first key of the map is the one used longest ago.
  clients.delete(key);
  clients.set(key, client);
  for (const oldest of clients.keys()) {
    if (clients.size <= maxClients) break;
    clients.delete(oldest);
  }
  return client;
}

function newClient(secretKey: string, baseUrl: string): Stripe {
  const url = new URL(baseUrl);
  const protocol = url.protocol === "http:" ? "http" : "https";
  return new Stripe(secretKey, {
    protocol,
    host: url.hostname,
    port: url.port || (protocol === "http" ? 80 : 443),
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: sendingOnce(protocol, url.pathname.replace(/\/+$/, "")),
  });
}

/**
 * The library's own HTTP client with kept-alive sockets, but no second sending: the library repeats a request once when the
 * connection was closed, whatever maxNetworkRetries says. Whether to ask again is the caller's decision.
 */
function sendingOnce(protocol: "http" | "https", pathPrefix: string): HttpClient {
  const options = { keepAlive: true, maxSockets: 256, timeout: idleSocketMs };
  const inner = Stripe.createNodeHttpClient(protocol === "http" ? new HttpAgent(options) : new HttpsAgent(options));
  return {
    getClientName: () => inner.getClientName(),
    makeRequest: async (host, port, path, ...rest) => {
      const attributes = { "http.request.method": rest[0], "server.address": `${host}:${port}` };
      try {
        return await inSpan({ name: "channel call", kind: "client", attributes }, async (span) => {
          const answer = await inner.makeRequest(host, port, pathPrefix + path, ...rest);
          span.set({ "http.response.status_code": answer.getStatusCode() });
          return answer;
        });
      } catch (error) {
        if (error instanceof Error && "code" in error && socketClosedCodes.includes(String(error.code))) {
          throw new Error("connection closed before an answer", { cause: error });
        }
        throw error;
      }
    },
  };
}

/**
 * One request to Stripe. A refusal and a lost answer come back as values; only a mistake of our own is thrown.
 *
 * Definitely not carried out: 4xx, also 429 (Stripe says so itself). Lost: no answer in time, 5xx, 409 (the same idempotency
 * key is still running), and an idempotency key that was used with other parameters, which says that something once ran.
 */
export async function ask<T>(
  account: ChannelAccount<StripeCredentials>,
  options: CallOptions,
  request: (stripe: Stripe, requestOptions: Stripe.RequestOptions) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const sent = request(clientFor(account), { timeout: options.timeoutMs });
    return { kind: "answered", value: await within(options.timeoutMs, sent) };
  } catch (error) {
    const answer = readError(error);
    report(answer, error, options);
    return answer;
  }
}

/** A declined card is daily business; a refused request or a lost answer is for whoever runs this. */
function report(answer: Refusal | Lost, error: unknown, { requestId }: CallOptions): void {
  if (answer.kind === "refused" && answer.status === 402) return;
  const providerRequestId = error instanceof Stripe.errors.StripeError ? error.requestId : undefined;
  const detail =
    answer.kind === "lost"
      ? { cause: answer.cause }
      : { status: answer.status, type: answer.type, code: answer.code, param: answer.param };
  log.warn({ requestId, providerRequestId, ...detail }, `stripe call ${answer.kind}`);
}

class DeadlinePassed extends Error {}

/** The library's timeout counts silence on the socket; this one counts from the start, connecting included. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed()), timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function readError(error: unknown): Refusal | Lost {
  if (error instanceof DeadlinePassed) return { kind: "lost", cause: "timeout" };
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const status = error.statusCode;
  if (status === undefined) return { kind: "lost", cause: connectionCause(error) };
  if (status >= 500 || status === 409 || error.rawType === "idempotency_error") {
    return { kind: "lost", cause: `HTTP ${status} ${error.code ?? error.rawType ?? ""}`.trim() };
  }
  return {
    kind: "refused",
    status,
    type: error.rawType,
    code: error.code,
    declineCode: error.decline_code || undefined,
    param: error.param,
    replayed: error.headers?.["idempotent-replayed"] === "true",
    intent: error.payment_intent,
  };
}

function connectionCause(error: Stripe.errors.StripeError): string {
  const detail: unknown = error.detail;
  if (detail instanceof Error && "code" in detail && detail.code === "ETIMEDOUT") return "timeout";
  return detail instanceof Error ? detail.message : error.message;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { SimulatorDb } from "#db/simulator-client";
import type { Clock } from "#lib/kernel/clock";
import { log } from "#lib/kernel/log";
import type { Operation } from "../simulator.ts";
import type { Account } from "./accounts.ts";
import { type Answer, errorAnswer, newRequestId, signedHeaders } from "./answer.ts";
import { answeringSerial, authenticate, type WireRequest } from "./authentication.ts";
import { callFaults, takeFaults } from "./faults.ts";
import { isRecord, Parameters } from "./parameters.ts";
import { systemError, WechatPayError } from "./wire-error.ts";

export interface Provider {
  readonly db: SimulatorDb;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly findAccount: (mchid: string) => Promise<Account | undefined>;
}

/** A request whose signature was found good. */
export interface SignedRequest {
  readonly account: Account;
  readonly now: Date;
  readonly url: URL;
  readonly body: Parameters;
  /** A variable of the path. */
  readonly path: (name: string) => string;
}

export interface Endpoint {
  readonly operation: Operation;
  /** The merchant's numbers in the request, that a fault may be scoped to. */
  readonly references: (request: SignedRequest) => (string | undefined)[];
  readonly handle: (request: SignedRequest, provider: Provider) => Promise<Answer>;
}

/** A connection that a fault leaves hanging is dropped after this, if the caller has not gone before. */
const hangMs = 60_000;

/** One call: authenticate, misbehave if told to, do the work, sign the answer. */
export async function serve(c: Context, provider: Provider, endpoint: Endpoint): Promise<Response> {
  const wire = await wireRequest(c);
  const now = provider.clock.now();
  let account: Account;
  let serial: string;
  try {
    account = await authenticate(wire, provider.findAccount, now);
    serial = answeringSerial(wire, account);
  } catch (error) {
    const refusal = asWechatPayError(error);
    return respond(errorAnswer(refusal), newRequestId(refusal.internalCode), {});
  }
  const outcome = await carryOut(c, provider, endpoint, wire, account, now);
  if (outcome === "dropped") return dropConnection(c);
  const text = outcome.answer.json ? JSON.stringify(outcome.answer.json) : "";
  const signature = outcome.answer.file ? {} : await signedHeaders(account, serial, text, now);
  return respond(outcome.answer, newRequestId(outcome.internalCode), signature, text);
}

async function carryOut(
  c: Context,
  provider: Provider,
  endpoint: Endpoint,
  wire: WireRequest,
  account: Account,
  now: Date,
): Promise<"dropped" | { answer: Answer; internalCode: number }> {
  try {
    const request: SignedRequest = {
      account,
      now,
      url: new URL(c.req.url),
      body: readBody(wire),
      path: (name) => c.req.param(name) ?? "",
    };
    const faults = await takeFaults(provider.db, {
      mchid: account.mchid,
      kinds: callFaults,
      operation: endpoint.operation,
      references: endpoint.references(request),
    });
    const slowMs = faults.get("slow")?.delayMs;
    if (slowMs) await sleep(slowMs);
    if (faults.has("timeout")) return "dropped";
    if (faults.has("system_error")) throw systemError();
    const answer = await endpoint.handle(request, provider);
    return faults.has("lost_answer") ? "dropped" : { answer, internalCode: 0 };
  } catch (error) {
    const refusal = asWechatPayError(error);
    return { answer: errorAnswer(refusal), internalCode: refusal.internalCode };
  }
}

async function wireRequest(c: Context): Promise<WireRequest> {
  const { method, url } = c.req;
  const afterScheme = url.indexOf("//") + 2;
  return {
    method,
    target: url.slice(url.indexOf("/", afterScheme)),
    headers: c.req.raw.headers,
    body: await c.req.text(),
  };
}

function readBody(wire: WireRequest): Parameters {
  if (wire.method === "GET") return new Parameters({});
  if (!/^application\/json\b/i.test(wire.headers.get("content-type") ?? "")) {
    throw new WechatPayError(400, "PARAM_ERROR", "Http头Content-Type应为application/json");
  }
  try {
    const body: unknown = JSON.parse(wire.body);
    if (isRecord(body)) return new Parameters(body);
  } catch {
    // Not JSON: the same complaint as for JSON that is no object.
  }
  throw new WechatPayError(400, "PARAM_ERROR", "请求体不是有效的JSON对象");
}

function asWechatPayError(error: unknown): WechatPayError {
  if (error instanceof WechatPayError) return error;
  log.error({ err: error }, "simulated wechatpay failed");
  return systemError();
}

function respond(
  answer: Answer,
  requestId: string,
  signature: Record<string, string>,
  text = jsonText(answer),
): Response {
  const type = answer.file ? "application/octet-stream" : "application/json; charset=utf-8";
  const headers = { ...signature, "Request-ID": requestId, ...(answer.status === 204 ? {} : { "Content-Type": type }) };
  const body = answer.file ? new Uint8Array(answer.file) : text;
  return new Response(answer.status === 204 ? null : body, { status: answer.status, headers });
}

function jsonText(answer: Answer): string {
  return answer.json ? JSON.stringify(answer.json) : "";
}

/** Keeps the caller waiting for an answer that never comes, then closes the socket. */
async function dropConnection(c: Context): Promise<Response> {
  await sleep(hangMs, undefined, { signal: c.req.raw.signal }).catch(() => undefined);
  (c.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy?.();
  throw new Error("connection dropped as told");
}

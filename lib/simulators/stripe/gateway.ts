import type { Context } from "hono";
import type { z } from "zod";
import type { SimulatorDb } from "#db/simulator-client";
import { log } from "#lib/kernel/log";
import type { Operation, SimulatorDependencies } from "../simulator.ts";
import { authenticator } from "./authenticate.ts";
import { invalidRequest, StripeError, systemError } from "./errors.ts";
import { expandPaths } from "./expand.ts";
import { noFault, type TakeFault, takingFaults } from "./faults.ts";
import { BadForm, decodeForm, type Form } from "./form.ts";
import { fingerprintOf, keepingAnswer, keyInUse, openRequest, type StoredAnswer } from "./idempotency.ts";
import { randomText } from "./ids.ts";
import { parseParams } from "./params.ts";
import type { Reply } from "./reply.ts";
import type { Account, Reader } from "./store.ts";
import { apiVersion } from "./wire.ts";
import { type Call, Work } from "./work.ts";

interface Shared<P> {
  readonly operation: Operation;
  readonly params: z.ZodType<P>;
  /** May be called from a browser with the publishable key. */
  readonly publishable?: boolean;
}

/** A request that changes something: runs in one transaction, at most once an idempotency key. */
export interface Command<P> extends Shared<P> {
  /** The merchant's references that a fault may name. */
  readonly references: (db: Reader, params: P, id: string) => Promise<(string | undefined)[]>;
  readonly run: (call: Call, params: P, id: string) => Promise<Reply>;
}

export interface Query<P> extends Shared<P> {
  readonly references: (body: object, params: P) => (string | undefined)[];
  readonly run: (view: View, params: P, id: string) => Promise<object>;
}

export interface View {
  readonly db: SimulatorDb;
  readonly account: Account;
  readonly now: Date;
}

/** How the answer leaves: at once, late, or never. */
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  readonly replayed?: boolean;
  readonly delayMs?: number;
  readonly lost?: boolean;
}

const lostAnswerMs = 60_000;

/** The connection is to be dropped; nobody is left to read an answer. */
export class NoAnswer extends Error {}

/** Everything around an endpoint: keys, forms, idempotency, faults, error bodies and headers. */
export function createGateway({ db, clock, publicUrl }: SimulatorDependencies & { db: SimulatorDb }) {
  const authenticate = authenticator(db);

  async function open<P>(c: Context, endpoint: Shared<P>, text: string) {
    const form = readForm(c, text);
    const keyField = typeof form.key === "string" ? form.key : undefined;
    if (endpoint.publishable) delete form.key;
    const { account, isPublishable } = await authenticate(
      c.req.header("authorization"),
      endpoint.publishable ? keyField : undefined,
    );
    if (isPublishable && !endpoint.publishable) {
      throw invalidRequest(
        "This call needs a secret API key; a publishable one was used.",
        { code: "secret_key_required" },
        403,
      );
    }
    return { account, params: parseParams(endpoint.params, form) };
  }

  async function runCommand<P>(c: Context, command: Command<P>, requestId: string): Promise<Answer> {
    const text = await c.req.text();
    const { account, params } = await open(c, command, text);
    const id = c.req.param("id") ?? "";
    const key = c.req.header("idempotency-key");
    const fingerprint = fingerprintOf(account, c.req.method, c.req.path, text);
    const now = clock.now();

    return db.transaction(async (tx) => {
      const { stored, hasFaults } = await openRequest(tx, account.id, key, fingerprint, now);
      const fault = hasFaults ? takingFaults(tx, account.id) : noFault;
      const references = hasFaults ? await command.references(tx, params, id) : [];
      const mishap = await mishapOf(fault, references, command.operation);
      // The fault must stay used up, so this commits although nothing else happens.
      if (mishap.before) return { ...mishap.before, requestId };
      if (stored) return { ...stored, ...mishap.after, replayed: true };

      const work = new Work(tx, account.id, now, { id: requestId, idempotency_key: key ?? null });
      const reply = await command.run({ tx, account, now, publicUrl, work, fault }, params, id);
      const look = { db: tx, accountId: account.id, now, changed: (objectId: string) => work.changed(objectId) };
      const shown = reply.status === 200 ? await expandPaths(look, reply.body, expandOf(params)) : reply.body;
      const answer: StoredAnswer = { fingerprint, requestId, status: reply.status, body: toText(shown) };
      const kept = await work.flush(key === undefined ? undefined : keepingAnswer(tx, account.id, key, answer, now));
      if (key !== undefined && kept === 0) throw keyInUse();
      return { ...answer, ...mishap.after };
    });
  }

  async function runQuery<P>(c: Context, query: Query<P>, requestId: string): Promise<Answer> {
    const { account, params } = await open(c, query, new URL(c.req.url).search.slice(1));
    const now = clock.now();
    const body = await query.run({ db, account, now }, params, c.req.param("id") ?? "");
    const { before, after } = await mishapOf(
      takingFaults(db, account.id),
      query.references(body, params),
      query.operation,
    );
    if (before) return { ...before, requestId };
    const shown = await expandPaths({ db, accountId: account.id, now }, body, expandOf(params));
    return { status: 200, body: toText(shown), requestId, ...after };
  }

  async function respond(c: Context, run: (requestId: string) => Promise<Answer>): Promise<Response> {
    const requestId = `req_${randomText(14)}`;
    const answer = await run(requestId).catch((error: unknown) => refusalOf(error, requestId));
    if (answer.lost) await neverAnswer(c);
    if (answer.delayMs) await pause(answer.delayMs, c.req.raw.signal);
    const key = c.req.header("idempotency-key");
    return c.body(answer.body, answer.status as 200, {
      "content-type": "application/json",
      "cache-control": "no-cache, no-store",
      "request-id": requestId,
      "stripe-version": c.req.header("stripe-version") ?? apiVersion,
      ...(key !== undefined && { "idempotency-key": key, "original-request": answer.requestId }),
      ...(answer.replayed && { "idempotent-replayed": "true" }),
    });
  }

  return {
    command:
      <P>(command: Command<P>) =>
      (c: Context) =>
        respond(c, (requestId) => runCommand(c, command, requestId)),
    query:
      <P>(query: Query<P>) =>
      (c: Context) =>
        respond(c, (requestId) => runQuery(c, query, requestId)),
    refuse: (c: Context, error: StripeError) => respond(c, () => Promise.reject(error)),
  };
}

function readForm(c: Context, text: string): Form {
  const type = c.req.header("content-type") ?? "";
  if (text && c.req.method === "POST" && !type.startsWith("application/x-www-form-urlencoded")) {
    throw invalidRequest("Requests must be sent as application/x-www-form-urlencoded.");
  }
  try {
    return decodeForm(text);
  } catch (error) {
    if (error instanceof BadForm) throw invalidRequest(error.message);
    throw error;
  }
}

async function mishapOf(
  fault: TakeFault,
  references: readonly (string | undefined)[],
  operation: Operation,
): Promise<{ before?: Omit<Answer, "requestId">; after: { delayMs?: number; lost?: boolean } }> {
  const taken = await fault(["timeout", "lost_answer", "system_error"], references, operation);
  if (taken?.kind === "timeout") return { before: { status: 500, body: "", lost: true }, after: {} };
  if (taken?.kind === "system_error") {
    return { before: { status: 500, body: JSON.stringify({ error: systemError().body }) }, after: {} };
  }
  if (taken) return { after: { lost: true } };
  const slow = await fault(["slow"], references, operation);
  return { after: slow?.delayMs ? { delayMs: slow.delayMs } : {} };
}

function refusalOf(error: unknown, requestId: string): Answer {
  if (error instanceof StripeError)
    return { status: error.status, body: JSON.stringify({ error: error.body }), requestId };
  log.error({ err: error, requestId }, "simulated provider failed");
  return { status: 500, body: JSON.stringify({ error: systemError().body }), requestId };
}

/** Indented, as the provider's answers are. */
function toText(body: object): string {
  return JSON.stringify(body, undefined, 2);
}

function expandOf(params: unknown): string[] {
  const { expand } = params as { expand?: string[] };
  return expand ?? [];
}

/** Holds the connection until the client gives up, then drops it. */
async function neverAnswer(c: Context): Promise<never> {
  await pause(lostAnswerMs, c.req.raw.signal);
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { destroy(): void } } };
  incoming?.socket?.destroy();
  throw new NoAnswer();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

import { type SQL, sql } from "drizzle-orm";
import { stripeFaults, stripeIdempotency } from "#db/schema/sim-stripe";
import { hmacSha256 } from "#lib/kernel/crypto";
import { StripeError } from "./errors.ts";
import type { Account, Tx } from "./store.ts";

export interface StoredAnswer {
  readonly fingerprint: string;
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
}

const maxKeyLength = 255;
const keptMs = 86_400_000;

/** Which request a key stands for. Keyed with the account's secret, because the parameters may hold a card number. */
export function fingerprintOf(account: Account, method: string, path: string, rawBody: string): string {
  return hmacSha256(account.secretKey, `${method} ${path}\n${rawBody}`).toString("base64");
}

/**
 * Opens a request: takes the key's lock for the length of the transaction, and finds its stored answer and whether the
 * account has faults, in one query.
 *
 * @throws StripeError 409 while another request with the key runs, 400 when the key stands for another request
 */
export async function openRequest(
  tx: Tx,
  accountId: string,
  key: string | undefined,
  fingerprint: string,
  now: Date,
): Promise<{ stored: StoredAnswer | undefined; hasFaults: boolean }> {
  if (key !== undefined && key.length > maxKeyLength) {
    throw idempotencyError(400, "Idempotency-Key may have at most 255 characters.");
  }
  const lockName = key === undefined ? null : `stripe:${accountId}:${key}`;
  const [gate] = await tx.execute<{
    locked: boolean | null;
    faulty: boolean;
    fingerprint: string | null;
    request_id: string;
    status: number;
    body: string;
  }>(
    sql`select gate.locked, gate.faulty, stored.fingerprint, stored.request_id, stored.status, stored.body
      from (select pg_try_advisory_xact_lock(hashtextextended(${lockName}, 0)) as locked,
        exists (select from ${stripeFaults} where ${stripeFaults.accountId} = ${accountId} and ${stripeFaults.remaining} is distinct from 0) as faulty) gate
      left join ${stripeIdempotency} stored
        on stored.account_id = ${accountId} and stored.key = ${key ?? null} and stored.created_at > ${cutoffOf(now)}::timestamptz`,
  );
  if (gate?.locked === false) throw keyInUse();
  const hasFaults = gate?.faulty ?? false;
  if (!gate?.fingerprint) return { stored: undefined, hasFaults };
  if (gate.fingerprint !== fingerprint) {
    throw idempotencyError(
      400,
      "Keys for idempotent requests can only be used with the parameters they were first used with.",
    );
  }
  const { request_id: requestId, status, body } = gate;
  return { stored: { fingerprint, requestId, status, body }, hasFaults };
}

/**
 * Stores an answer for a day, as a statement that goes with what the request writes. It returns no row when a request with
 * this key ended after this one had looked for its answer; then nothing may be committed.
 */
export function keepingAnswer(tx: Tx, accountId: string, key: string, answer: StoredAnswer, now: Date): SQL {
  return tx
    .insert(stripeIdempotency)
    .values({ accountId, key, ...answer, createdAt: now })
    .onConflictDoUpdate({
      target: [stripeIdempotency.accountId, stripeIdempotency.key],
      set: { ...answer, createdAt: now },
      setWhere: sql`${stripeIdempotency.createdAt} <= ${cutoffOf(now)}::timestamptz`,
    })
    .returning({ key: stripeIdempotency.key })
    .getSQL();
}

function cutoffOf(now: Date): string {
  return new Date(now.getTime() - keptMs).toISOString();
}

export function keyInUse(): StripeError {
  return new StripeError(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: "There is currently another in-progress request using this Idempotent Key.",
  });
}

function idempotencyError(status: number, message: string): StripeError {
  return new StripeError(status, { type: "idempotency_error", message });
}

import { and, eq, sql } from "drizzle-orm";
import type { Context as HonoContext } from "hono";
import { createMiddleware } from "hono/factory";
import { idempotencyKeys } from "#db/schema/inbox";
import { command, statement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { sha256Hex } from "#lib/kernel/crypto";
import { AppError } from "#lib/kernel/errors";
import type { ApiEnv } from "../env.ts";

type Row = typeof idempotencyKeys.$inferSelect;

/** A request that has been silent for this long died with its process; the next one with its key goes on in its place. */
const abandonedMs = 60_000;

/** Thrown to undo the transaction of a request whose answer is an error; the answer itself stands. */
class Undo extends Error {}

/**
 * IETF draft-ietf-httpapi-idempotency-key-header. `atomic`: the route only writes, so key, effect and stored answer
 * commit together. `phased`: the route calls a channel, so the key is claimed before and the answer stored after; its
 * verb goes on where a crash left it.
 */
export function idempotent(mode: "atomic" | "phased", required: boolean) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (key === undefined) {
      if (required) throw new AppError("invalid_request", "idempotency_key_required", { param: "Idempotency-Key" });
      return next();
    }
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new AppError("invalid_request", "idempotency_key_invalid", { param: "Idempotency-Key" });
    }
    const fingerprint = sha256Hex(`${c.req.method}\n${new URL(c.req.url).pathname}\n${await c.req.text()}`);
    return mode === "atomic" ? atomic(c, next, key, fingerprint) : phased(c, next, key, fingerprint);
  });
}

async function atomic(c: HonoContext<ApiEnv>, next: () => Promise<void>, key: string, fingerprint: string) {
  const ctx = c.get("ctx");
  let replay: Response | undefined;
  try {
    await ctx.transaction(async (tx) => {
      const earlier = await claim(tx, key, fingerprint);
      if (earlier) {
        replay = replayed(earlier);
        return;
      }
      c.set("ctx", tx.ctx);
      await next();
      if (c.error || c.res.status >= 400) throw new Undo();
      await keep(tx, key, c);
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  } finally {
    c.set("ctx", ctx);
  }
  return replay;
}

async function phased(c: HonoContext<ApiEnv>, next: () => Promise<void>, key: string, fingerprint: string) {
  const ctx = c.get("ctx");
  const earlier = await ctx.transaction((tx) => claim(tx, key, fingerprint));
  if (earlier) return replayed(earlier);
  await next();
  await ctx.transaction(async (tx) => {
    if (c.error || c.res.status >= 400) await tx.db.delete(idempotencyKeys).where(isOwn(own(tx, key)));
    else await keep(tx, key, c);
  });
  return undefined;
}

interface OwnKey extends Record<string, unknown> {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly key: string;
}

function own({ merchantId, livemode }: Tx, key: string): OwnKey {
  return { merchantId, livemode, key };
}

function isOwn(value: OwnKey) {
  return and(
    eq(idempotencyKeys.merchantId, value.merchantId),
    eq(idempotencyKeys.livemode, value.livemode),
    eq(idempotencyKeys.key, value.key),
  );
}

const keepAnswer = statement((db, value: OwnKey & { responseStatus: number; text: string }) =>
  db
    .update(idempotencyKeys)
    .set({ responseStatus: value.responseStatus, responseBody: sql`${value.text}::jsonb` })
    .where(isOwn(value)),
);

const insertKey = command<{ taken: boolean; inserted: boolean }>(`
  with lock as materialized (
    select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken
  ), inserted as (
    insert into idempotency_keys (merchant_id, livemode, key, fingerprint, created_at)
    select $2, $3, $4, $5, $6::timestamptz from lock where taken
    on conflict do nothing returning key
  )
  select taken, exists (select from inserted) as inserted from lock`);

/** In one statement: whoever has the key at this moment is not waited for, and a key without an owner becomes ours. */
async function takeKey(tx: Tx, key: string, fingerprint: string): Promise<"new" | "known" | "busy"> {
  const lock = `${tx.merchantId}:${tx.livemode}:${key}`;
  const [row] = await insertKey(tx, [lock, tx.merchantId, tx.livemode, key, fingerprint, tx.now.toISOString()]);
  if (!row?.taken) return "busy";
  return row.inserted ? "new" : "known";
}

/**
 * Takes the key for this request.
 *
 * @returns the finished request that had it before, when its answer is to be given again
 * @throws AppError idempotency_key_reused, idempotency_in_progress
 */
async function claim(tx: Tx, key: string, fingerprint: string): Promise<Row | undefined> {
  const state = await takeKey(tx, key, fingerprint);
  if (state === "busy") throw new AppError("conflict", "idempotency_in_progress");
  if (state === "new") return undefined;

  const [row] = await tx.db
    .select()
    .from(idempotencyKeys)
    .where(isOwn(own(tx, key)));
  if (!row) throw new AppError("conflict", "idempotency_in_progress");
  if (row.fingerprint !== fingerprint) {
    throw new AppError("unprocessable", "idempotency_key_reused", { param: "Idempotency-Key" });
  }
  if (row.responseStatus !== null) return row;
  if (tx.now.getTime() - row.createdAt.getTime() < abandonedMs)
    throw new AppError("conflict", "idempotency_in_progress");
  await tx.db
    .update(idempotencyKeys)
    .set({ createdAt: tx.now })
    .where(isOwn(own(tx, key)));
  return undefined;
}

/** Stores the answer that is about to be given, and puts it back: a body can be read once. */
async function keep(tx: Tx, key: string, c: HonoContext<ApiEnv>): Promise<void> {
  const text = await c.res.text();
  const { status, headers } = c.res;
  c.res = undefined;
  c.res = new Response(text, { status, headers });
  tx.send(keepAnswer(tx, { ...own(tx, key), responseStatus: status, text }));
}

function replayed(row: Row): Response {
  return Response.json(row.responseBody, {
    status: row.responseStatus ?? 200,
    headers: { "idempotency-replayed": "true" },
  });
}

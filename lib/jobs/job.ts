import { sql } from "drizzle-orm";
import type { Database } from "#db/client";
import { command } from "#db/statement";
import { appDatabase, type Context, openContext, type Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";
import { inSpan, traceparent } from "#lib/kernel/tracing";
import { inWorkScope } from "#lib/kernel/work-scope";
import { atTestTime } from "#lib/test-clock/at-test-time";

/** What travels with every job: whose it is and which request began it. */
export interface JobScope {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly requestId: string;
  /** W3C trace context of that request, while traces are kept. */
  readonly traceparent?: string;
}

export interface EnqueueOptions {
  readonly runAt?: Date;
  /** A second job with the same key replaces the first while that has not started. */
  readonly key?: string;
}

/** A unit of work that survives the process. It runs at least once, so `run` must stand being run again. */
export interface Job<P extends Record<string, string>> {
  readonly name: string;
  /** Enqueued with the transaction: it runs if and only if the state change that asked for it is committed. */
  enqueue(tx: Tx, payload: P, options?: EnqueueOptions): Promise<void>;
  enqueueMany(tx: Tx, payloads: readonly P[], options?: { runAt?: Date }): Promise<void>;
  /** From outside of a tenant's transaction: sweeps. */
  enqueueFor(scope: JobScope, payload: P, options?: EnqueueOptions): Promise<void>;
  run(payload: P & JobScope, database?: Database): Promise<void>;
}

/** Tries of the queue itself, with its exponential pause, for a job that throws. */
const maxTries = 20;

export function defineJob<P extends Record<string, string>>(
  name: string,
  work: (ctx: Context, payload: P) => Promise<void>,
): Job<P> {
  const enqueueOne = command("select internal.enqueue_job($1, $2::json, $3::timestamptz, $4, $5)");
  const enqueueAll = command("select internal.enqueue_jobs($1, $2::json, $3::timestamptz, $4)");
  const statement = (scope: JobScope, payload: P, options: EnqueueOptions) =>
    sql`select internal.enqueue_job(${name}, ${JSON.stringify({ ...payload, ...scope })}::json, ${options.runAt?.toISOString() ?? null}::timestamptz, ${options.key ?? null}, ${maxTries})`;
  return {
    name,
    async enqueue(tx, payload, options = {}) {
      const text = JSON.stringify({ ...payload, ...scopeOf(tx) });
      tx.send(enqueueOne(tx, [name, text, realTime(tx, options.runAt), options.key ?? null, maxTries]));
    },
    async enqueueMany(tx, payloads, options = {}) {
      if (payloads.length === 0) return;
      const scope = scopeOf(tx);
      const list = JSON.stringify(payloads.map((payload) => ({ ...payload, ...scope })));
      tx.send(enqueueAll(tx, [name, list, realTime(tx, options.runAt), maxTries]));
    },
    async enqueueFor(scope, payload, options = {}) {
      await appDatabase().execute(statement(scope, payload, options));
    },
    async run(payload, database) {
      const { merchantId, livemode, requestId } = payload;
      const actor = { type: "system", id: name } as const;
      const ctx = openContext({ merchantId, livemode, requestId, actor, ...(database && { db: database }) });
      const attributes = { "globalpaylink.request_id": requestId, "globalpaylink.merchant_id": merchantId };
      const span = { name: `job ${name}`, kind: "consumer", attributes, parent: payload.traceparent } as const;
      await inWorkScope({ requestId, job: name }, () => inSpan(span, async () => work(await atTestTime(ctx), payload)));
    },
  };
}

/** The queue knows no test clock: a moment of the merchant's becomes one of the real time. */
function realTime(tx: Tx, at: Date | undefined): string | null {
  return at ? new Date(at.getTime() - tx.ctx.testOffsetMs).toISOString() : null;
}

function scopeOf(tx: Tx): JobScope {
  const parent = traceparent();
  return {
    merchantId: tx.merchantId,
    livemode: tx.livemode,
    requestId: tx.ctx.requestId,
    ...(parent && { traceparent: parent }),
  };
}

/** A request id for work that no request began. */
export function newRequestId(merchantId: string): string {
  return newId("audit", merchantId).replace(/^aud/, "req");
}

import { sql } from "drizzle-orm";
import { appDatabase, type Context, openContext } from "#db/tenancy";
import { newRequestId } from "#lib/jobs/job";
import { log } from "#lib/kernel/log";
import { makeHistory, resumeHistory } from "./make-history.ts";

export interface Demo {
  /**
   * Begins, or goes on, in the background.
   *
   * @param onProgress is told whole percents of all merchants together, each once
   * @returns how to stop; the next start goes on from there
   */
  start(onProgress: (percent: number) => void): () => Promise<void>;
}

/**
 * Finds the demo merchants whose past is not complete and puts their clocks where it ends. To be called before the
 * worker starts, which would take what has waited since the last stop for overdue.
 */
export async function openDemo(): Promise<Demo> {
  const rows = await appDatabase().execute<{ merchant_id: string }>(
    sql`select merchant_id from internal.demo_merchants_under_way()`,
  );
  const contexts = rows.map(({ merchant_id }) => contextOf(merchant_id));
  for (const ctx of contexts) await resumeHistory(ctx);
  return { start: (onProgress) => start(contexts, onProgress) };
}

function contextOf(merchantId: string): Context {
  const actor = { type: "system", id: "demo" } as const;
  return openContext({ merchantId, livemode: false, actor, requestId: newRequestId(merchantId) });
}

function start(contexts: readonly Context[], onProgress: (percent: number) => void): () => Promise<void> {
  const stop = new AbortController();
  const shares = contexts.map(() => 0);
  let told = -1;
  const tell = () => {
    const percent = Math.floor((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length);
    if (percent > told) onProgress(percent);
    told = Math.max(told, percent);
  };
  const running = contexts.map((ctx, index) =>
    makeHistory(ctx, {
      signal: stop.signal,
      onProgress: (share) => {
        shares[index] = share;
        tell();
      },
    }).catch((error: unknown) => {
      log.error({ merchant: ctx.merchantId, err: error }, "demo data not completed; the next start goes on with it");
    }),
  );
  return async () => {
    stop.abort();
    await Promise.all(running);
  };
}

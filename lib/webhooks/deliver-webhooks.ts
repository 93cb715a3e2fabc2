import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Context, Tx } from "#db/tenancy";
import type { SafeAgents } from "#lib/http-safe/agents";
import { type PostResult, post } from "#lib/http-safe/post";
import { processAgents } from "#lib/http-safe/process";
import { defineJob } from "#lib/jobs/job";
import { crashpoint } from "#lib/kernel/crashpoint";
import { type ClaimedDelivery, claimDeliveries, clockSlackMs } from "./claim-deliveries.ts";
import { updateHealth } from "./endpoint-health.ts";
import { takeSlot } from "./endpoint-slots.ts";
import { recordResults, type TryResult } from "./record-results.ts";
import { signingSecrets } from "./secrets.ts";
import { signedHeaders } from "./signature.ts";
import type { WebhookEndpoint } from "./store.ts";
import { isAccepted, verdictOf } from "./verdict.ts";

export type DeliverWebhooks = {
  readonly endpointId: string;
  /** Ids separated by commas, all to this endpoint. */
  readonly deliveryIds: string;
};

export interface SendOptions {
  readonly agents: SafeAgents;
  readonly timeoutMs: number;
  /** In [0, 1): where in the spread of ±10 % the next try falls. */
  readonly random: () => number;
}

const timeoutMs = 10_000;
const postponeMs = 3_000;
/** Answers that arrive this close together are written in one transaction. */
const gatherMs = 10;

/** Sends a batch of one endpoint. Each outcome and the retry that follows from it commit together. */
export const deliverWebhooks = defineJob<DeliverWebhooks>("deliver_webhooks", (ctx, payload) =>
  sendBatch(ctx, payload, { agents: processAgents(), timeoutMs, random: Math.random }),
);

export async function sendBatch(ctx: Context, payload: DeliverWebhooks, options: SendOptions): Promise<void> {
  const slot = takeSlot(payload.endpointId);
  if (!slot) return postpone(ctx, payload, options.random());
  let isFailing: boolean | undefined;
  try {
    const claim = await claimDeliveries(ctx, payload.endpointId, payload.deliveryIds.split(","));
    if (!claim) return;
    const { endpoint } = claim;
    const secrets = signingSecrets(endpoint, ctx.now);
    // One number for the batch: what failed together is tried again together, by one job.
    const random = options.random();
    const answers = writer<Answer>((finished) => record(ctx, endpoint, finished, random));
    const sent = await Promise.allSettled(
      claim.deliveries.map(async (delivery) => {
        const answer = await trySending(ctx, endpoint, delivery, secrets, options);
        isFailing = isFailing !== false && !isAccepted(answer.result);
        answers.add(answer);
      }),
    );
    await answers.written();
    for (const one of sent) if (one.status === "rejected") throw one.reason;
  } finally {
    slot.release(isFailing);
  }
}

interface Answer {
  readonly deliveryId: string;
  readonly number: number;
  readonly at: Date;
  readonly result: PostResult;
}

async function trySending(
  ctx: Context,
  endpoint: WebhookEndpoint,
  delivery: ClaimedDelivery,
  secrets: readonly string[],
  options: SendOptions,
): Promise<Answer> {
  const at = ctx.now;
  const body = JSON.stringify(delivery.event);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "GlobalPayLink-Webhooks/1",
    // The receiver looks at its own clock, whatever the time in test mode.
    ...signedHeaders(delivery.event.id, ctx.realNow, body, secrets),
  };
  const result = await post(new URL(endpoint.url), { headers, body }, options);
  return { deliveryId: delivery.id, number: delivery.triesMade + 1, at, result };
}

async function record(
  ctx: Context,
  endpoint: WebhookEndpoint,
  answers: readonly Answer[],
  random: number,
): Promise<void> {
  crashpoint("during-webhook-delivery");
  await ctx.transaction(async (tx) => {
    const results = answers.map(({ deliveryId, number, at, result }) => {
      const verdict = verdictOf(result, number, tx.now, random);
      return { deliveryId, number, at, durationMs: result.durationMs, verdict };
    });
    const written = await recordResults(tx, results);
    await enqueueRetries(tx, endpoint.id, written);
    await updateHealth(tx, endpoint, written);
  });
}

async function enqueueRetries(tx: Tx, endpointId: string, results: readonly TryResult[]): Promise<void> {
  const byTime = Map.groupBy(results, ({ verdict }) => verdict.nextTryAt?.getTime());
  for (const [time, retried] of byTime) {
    if (time === undefined) continue;
    const deliveryIds = retried.map((result) => result.deliveryId).join(",");
    await deliverWebhooks.enqueue(tx, { endpointId, deliveryIds }, { runAt: new Date(time) });
  }
}

/** The endpoint is busy enough: the batch comes back a few seconds later, as if it had not been due. */
async function postpone(ctx: Context, payload: DeliverWebhooks, random: number): Promise<void> {
  await ctx.transaction(async (tx) => {
    const runAt = new Date(tx.now.getTime() + postponeMs * (1 + random));
    const isDueBefore = new Date(tx.now.getTime() + clockSlackMs).toISOString();
    await tx.db.execute(sql`
      update webhook_deliveries set next_try_at = ${runAt.toISOString()}::timestamptz
      where merchant_id = ${tx.merchantId} and status = 'pending' and coalesce(next_try_at, 'infinity') <= ${isDueBefore}::timestamptz
        and id in (select json_array_elements_text(${JSON.stringify(payload.deliveryIds.split(","))}::json))`);
    await deliverWebhooks.enqueue(tx, { endpointId: payload.endpointId, deliveryIds: payload.deliveryIds }, { runAt });
  });
}

/** Writes what has been added, soon and together; what arrives while a write is under way goes with the next. */
function writer<T>(write: (entries: readonly T[]) => Promise<void>) {
  let waiting: T[] = [];
  let running: Promise<void> | undefined;
  const run = async () => {
    await pause(gatherMs);
    while (waiting.length > 0) {
      const entries = waiting;
      waiting = [];
      await write(entries);
    }
    running = undefined;
  };
  return {
    add(entry: T) {
      waiting.push(entry);
      running ??= run();
      running.catch(() => {});
    },
    /** @throws what the write threw; the entries behind it are then written by the next run of the job */
    async written() {
      await running;
    },
  };
}

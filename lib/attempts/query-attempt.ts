import type { Context } from "#db/tenancy";
import { loadAccount } from "#lib/channel-accounts/load-account";
import type { CallOptions, PaymentReference } from "#lib/channels/channel";
import { defineJob } from "#lib/jobs/job";
import { money } from "#lib/kernel/money";
import type { Order } from "#lib/orders/order-json";
import { getOrder } from "#lib/orders/store";
import { type Applied, applyOutcome } from "./apply-outcome.ts";
import type { Attempt } from "./attempt-json.ts";
import { closeAtChannel } from "./close-attempt.ts";
import { finishCapture } from "./finish-capture.ts";
import { currencyOf } from "./postings.ts";
import { getAttempt } from "./store.ts";

const callTimeoutMs = 10_000;

export function callOptions(ctx: Context): CallOptions {
  return { now: ctx.now, requestId: ctx.requestId, timeoutMs: callTimeoutMs };
}

export function paymentReference(attempt: Attempt): PaymentReference {
  return {
    reference: attempt.id,
    ...(attempt.providerReference && { providerReference: attempt.providerReference }),
    amount: money(attempt.amount, currencyOf(attempt)),
  };
}

/** Asks the provider what became of an attempt, and makes the answer true. Harmless at any time and any number. */
export async function queryAttempt(ctx: Context, attemptId: string): Promise<Applied> {
  const attempt = await ctx.transaction((tx) => getAttempt(tx, attemptId));
  const { channel, account } = await loadAccount(ctx, attempt.channelAccountId);
  const outcome = await channel.query(account, paymentReference(attempt), callOptions(ctx));
  return applyOutcome(ctx, attemptId, outcome);
}

/** The sweep's job: lost calls, overdue notifications, captures and voids without an answer. */
export const queryAttemptJob = defineJob<{ attemptId: string }>("query_attempt", async (ctx, { attemptId }) => {
  const { attempt, order } = await ctx.transaction(async (tx) => {
    const found = await getAttempt(tx, attemptId);
    return { attempt: found, order: await getOrder(tx, found.orderId) };
  });
  if (!attempt.nextQueryAt || attempt.nextQueryAt > ctx.now) return;
  if (attempt.pendingOperation === "capture") await finishCapture(ctx, attemptId);
  // An order that has ended wants its payments closed; the job that should have done it may have died with its process.
  else if (isOver(order) && attempt.status === "requires_action") await closeAtChannel(ctx, attemptId);
  else await queryAttempt(ctx, attemptId);
});

function isOver(order: Order): boolean {
  return order.status === "closed" || order.status === "expired";
}

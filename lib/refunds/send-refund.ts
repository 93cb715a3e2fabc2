import type { Context } from "#db/tenancy";
import { notifyUrl } from "#lib/attempts/notify-url";
import { callOptions } from "#lib/attempts/query-attempt";
import { getAttempt } from "#lib/attempts/store";
import { loadAccount } from "#lib/channel-accounts/load-account";
import type { RefundOutcome, RefundRequest } from "#lib/channels/channel";
import { defineJob } from "#lib/jobs/job";
import { crashpoint } from "#lib/kernel/crashpoint";
import type { CurrencyCode } from "#lib/kernel/currency";
import { log } from "#lib/kernel/log";
import { money } from "#lib/kernel/money";
import type { Refund } from "./refund-json.ts";
import { settleRefund } from "./settle-refund.ts";
import { getRefund } from "./store.ts";

/**
 * Talks to the channel about a refund: sends it until the channel has acknowledged it, asks after it from then on. The
 * refund's id is the provider's idempotency key, so sending it again moves nothing twice. An ended one is asked after when
 * a notification denies how it ended.
 */
async function pursueRefund(ctx: Context, refundId: string): Promise<void> {
  const { refund, attempt } = await ctx.transaction(async (tx) => {
    const found = await getRefund(tx, refundId);
    return { refund: found, attempt: await getAttempt(tx, found.attemptId) };
  });
  const isEnded = refund.status === "succeeded" || refund.status === "failed";
  if (isEnded && refund.nextTryAt === null) return;
  const { channel, account } = await loadAccount(ctx, attempt.channelAccountId);
  const request: RefundRequest = {
    reference: attempt.id,
    ...(attempt.providerReference && { providerReference: attempt.providerReference }),
    amount: money(attempt.amountReceived, refund.currency as CurrencyCode),
    refundReference: refund.id,
    refundAmount: money(refund.amount, refund.currency as CurrencyCode),
    ...(refund.reason && { reason: refund.reason }),
    notifyUrl: notifyUrl(attempt.channelAccountId),
  };
  const outcome = await askChannel(refund, () =>
    refund.status === "pending"
      ? channel.refund(account, request, callOptions(ctx))
      : channel.queryRefund(account, request, callOptions(ctx)),
  );
  crashpoint("after-refund-answer");
  await settleRefund(ctx, refundId, outcome);
}

async function askChannel(refund: Refund, call: () => Promise<RefundOutcome>): Promise<RefundOutcome> {
  try {
    return await call();
  } catch (error) {
    log.error({ err: error, refund: refund.id }, "refund call failed");
    return { kind: "unknown", cause: "adapter_error" };
  }
}

/** Enqueued with the refund, and again by the sweep while the refund has no final answer. */
export const sendRefund = defineJob<{ refundId: string }>("send_refund", async (ctx, { refundId }) => {
  await pursueRefund(ctx, refundId);
});

import type { Context } from "#db/tenancy";
import { loadAccount } from "#lib/channel-accounts/load-account";
import { money } from "#lib/kernel/money";
import { type Applied, applyOutcome } from "./apply-outcome.ts";
import { nextQueryDelayMs } from "./attempt-state.ts";
import { ChannelRefused } from "./errors.ts";
import { currencyOf } from "./postings.ts";
import { callOptions, paymentReference } from "./query-attempt.ts";
import { getAttempt, lockAttempt, updateAttempt } from "./store.ts";

/**
 * Sends the capture that is noted on the attempt, and books the answer. The provider takes the same capture once however
 * often it is sent, so a lost answer is mended by sending it again.
 *
 * @returns undefined while the provider has not answered: a job goes on
 * @throws ChannelRefused when the provider says no; the authorisation stays as it was
 */
export async function finishCapture(ctx: Context, attemptId: string): Promise<Applied | undefined> {
  const attempt = await ctx.transaction((tx) => getAttempt(tx, attemptId));
  if (attempt.pendingOperation !== "capture" || attempt.operationAmount === null) return undefined;
  const { channel, account } = await loadAccount(ctx, attempt.channelAccountId);
  if (!channel.capture) throw new ChannelRefused("capture_not_supported");

  const amount = money(attempt.operationAmount, currencyOf(attempt));
  const outcome = await channel.capture(account, paymentReference(attempt), amount, callOptions(ctx));
  switch (outcome.kind) {
    case "captured":
      return applyOutcome(ctx, attemptId, {
        kind: "approved",
        reference: attempt.providerReference ?? attempt.id,
        amount: outcome.amount,
        at: outcome.at,
        captured: true,
      });
    case "refused":
      await ctx.transaction(async (tx) => {
        const locked = await lockAttempt(tx, attemptId);
        if (locked.attempt.pendingOperation !== "capture") return;
        await updateAttempt(tx, locked.attempt, { pendingOperation: null, operationAmount: null, nextQueryAt: null });
      });
      throw new ChannelRefused(outcome.providerCode);
    case "unknown":
      await ctx.transaction(async (tx) => {
        const locked = await lockAttempt(tx, attemptId);
        if (locked.attempt.pendingOperation !== "capture") return;
        const queryCount = locked.attempt.queryCount + 1;
        const nextQueryAt = new Date(tx.now.getTime() + nextQueryDelayMs("unknown", queryCount));
        await updateAttempt(tx, locked.attempt, { queryCount, nextQueryAt });
      });
      return undefined;
  }
}

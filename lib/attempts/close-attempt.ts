import type { Context } from "#db/tenancy";
import { loadAccount } from "#lib/channel-accounts/load-account";
import { defineJob } from "#lib/jobs/job";
import { type Applied, applyOutcome } from "./apply-outcome.ts";
import { isOpen } from "./attempt-state.ts";
import { callOptions, paymentReference, queryAttempt } from "./query-attempt.ts";
import { getAttempt } from "./store.ts";

/** The provider did not say whether the payment is closed: try again later. */
export class CloseUnanswered extends Error {}

/**
 * Ends an attempt at the provider: nobody can pay it afterwards. When the shopper was faster, the payment is taken in
 * instead, as late or in time, whatever the order says.
 *
 * @throws CloseUnanswered when the provider gave no clear answer
 */
export async function closeAtChannel(ctx: Context, attemptId: string): Promise<Applied | undefined> {
  const attempt = await ctx.transaction((tx) => getAttempt(tx, attemptId));
  if (!isOpen(attempt.status) && attempt.status !== "authorized") return undefined;
  const { channel, account } = await loadAccount(ctx, attempt.channelAccountId);
  const outcome = await channel.close(account, paymentReference(attempt), callOptions(ctx));
  switch (outcome.kind) {
    case "closed":
      return applyOutcome(ctx, attemptId, { kind: "closed" });
    case "paid":
      return queryAttempt(ctx, attemptId);
    case "unknown":
      throw new CloseUnanswered(`${attempt.channel}: ${outcome.cause}`);
  }
}

export const closeAttempt = defineJob<{ attemptId: string }>("close_attempt", async (ctx, { attemptId }) => {
  await closeAtChannel(ctx, attemptId);
});

import type { CallOptions, ChannelAccount, FingerprintOutcome } from "../channel.ts";
import { ask } from "./client.ts";
import type { StripeCredentials } from "./wire.ts";

/** Stripe's name for a card number; the same for every token of that number at this account, and for no other. */
export async function cardFingerprint(
  account: ChannelAccount<StripeCredentials>,
  token: string,
  options: CallOptions,
): Promise<FingerprintOutcome> {
  const answer = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentMethods.retrieve(token, {}, requestOptions),
  );
  if (answer.kind === "lost") return { kind: "unknown" };
  const fingerprint = answer.kind === "answered" ? answer.value.card?.fingerprint : undefined;
  return { kind: "found", fingerprint: fingerprint ?? undefined };
}

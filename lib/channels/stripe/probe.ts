import type { CallOptions, ChannelAccount, Probe } from "../channel.ts";
import { ask } from "./client.ts";
import type { StripeCredentials } from "./wire.ts";

/** Lists one payment: every secret key may, and restricted keys need it for our queries anyway. */
export async function probe(account: ChannelAccount<StripeCredentials>, options: CallOptions): Promise<Probe> {
  const { secret_key: secretKey, publishable_key: publishableKey } = account.credentials;
  if (isLive(secretKey) !== isLive(publishableKey)) {
    return { kind: "refused", reason: "mode_mismatch", field: "publishable_key", providerCode: "key_prefix" };
  }
  const answer = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentIntents.list({ limit: 1 }, requestOptions),
  );
  switch (answer.kind) {
    case "answered":
      return { kind: "accepted", notProven: ["publishable_key", "webhook_secret"] };
    case "lost":
      return { kind: "unreachable", cause: answer.cause };
    case "refused": {
      const providerCode = answer.code ?? answer.type ?? `http_${answer.status}`;
      if (answer.status === 429) return { kind: "unreachable", cause: providerCode };
      const reason = answer.status === 401 ? "key_mismatch" : answer.status === 403 ? "not_permitted" : "other";
      return { kind: "refused", reason, field: "secret_key", providerCode };
    }
  }
}

function isLive(key: string): boolean {
  return /^[a-z]{2}_live_/.test(key);
}

import { NotFound } from "#lib/kernel/errors";
import { alipay } from "./alipay/adapter.ts";
import type { Channel, ChannelAccount } from "./channel.ts";
import { stripe } from "./stripe/adapter.ts";
import { wechatpay } from "./wechatpay/adapter.ts";

/** A new channel is a new folder and one more line here. */
const adapters: readonly Channel[] = [register(wechatpay), register(alipay), register(stripe)];

/** Every channel by its name. They take credentials as they were stored and read them with their adapter's own schema. */
export const channels: ReadonlyMap<string, Channel> = new Map(adapters.map((channel) => [channel.name, channel]));

/** @throws NotFound when no channel has this name */
export function channelNamed(name: string): Channel {
  const channel = channels.get(name);
  if (!channel) throw new NotFound("channel", "channel");
  return channel;
}

/**
 * Forgets an adapter's own type of credentials, and makes up for it by parsing what callers pass: whoever holds a `Channel`
 * can't know its type, so a wrong shape has to fail here and not as a wrong signature.
 */
export function register<C>(adapter: Channel<C>): Channel {
  const parsed = new WeakMap<object, C>();
  const typed = (account: ChannelAccount): ChannelAccount<C> => {
    const raw = account.credentials;
    const known = typeof raw === "object" && raw !== null ? parsed.get(raw) : undefined;
    const credentials = known ?? adapter.credentials.parse(raw);
    if (typeof raw === "object" && raw !== null) parsed.set(raw, credentials);
    return { ...account, credentials };
  };
  const { capture, cardFields, cardFingerprint, credentialsExpireAt } = adapter;
  return {
    name: adapter.name,
    label: adapter.label,
    capabilities: adapter.capabilities,
    credentials: adapter.credentials,
    credentialFields: adapter.credentialFields,
    liveBaseUrl: adapter.liveBaseUrl,
    ...(adapter.sandboxBaseUrl && { sandboxBaseUrl: adapter.sandboxBaseUrl }),
    probe: async (account, options) => adapter.probe(typed(account), options),
    ...(credentialsExpireAt && {
      credentialsExpireAt: (account) => credentialsExpireAt.call(adapter, typed(account)),
    }),
    pay: async (account, request, options) => adapter.pay(typed(account), request, options),
    query: async (account, payment, options) => adapter.query(typed(account), payment, options),
    close: async (account, payment, options) => adapter.close(typed(account), payment, options),
    ...(capture && {
      capture: async (account, payment, amount, options) =>
        capture.call(adapter, typed(account), payment, amount, options),
    }),
    refund: async (account, request, options) => adapter.refund(typed(account), request, options),
    queryRefund: async (account, request, options) => adapter.queryRefund(typed(account), request, options),
    readNotification: async (account, raw, options) => adapter.readNotification(typed(account), raw, options),
    acknowledge: (accepted) => adapter.acknowledge(accepted),
    statement: (account, date, options) => adapter.statement(typed(account), date, options),
    ...(cardFingerprint && {
      cardFingerprint: async (account, token, options) => cardFingerprint.call(adapter, typed(account), token, options),
    }),
    ...(cardFields && { cardFields: (account) => cardFields.call(adapter, typed(account)) }),
  };
}

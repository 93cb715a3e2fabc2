import type { Channel, PayOutcome, QueryOutcome, RefundOutcome } from "./channel.ts";

/**
 * A channel as a merchant sees it whose test clock is moved. Providers, simulated or not, live in the real time and
 * refuse signatures of another day: moments on the way out are moved back, and those that they tell are moved on.
 */
export function atRealTime(channel: Channel, offsetMs: number): Channel {
  const out = (at: Date) => new Date(at.getTime() - offsetMs);
  const back = (at: Date) => new Date(at.getTime() + offsetMs);
  const real = <T extends { readonly now: Date }>(options: T): T => ({ ...options, now: out(options.now) });

  const told = <T extends PayOutcome | QueryOutcome | RefundOutcome>(outcome: T): T => {
    if ("at" in outcome) return { ...outcome, at: back(outcome.at) };
    if (!("action" in outcome) || outcome.action?.type !== "qr" || !outcome.action.expiresAt) return outcome;
    const expiresAt = back(new Date(outcome.action.expiresAt)).toISOString();
    return { ...outcome, action: { ...outcome.action, expiresAt } };
  };

  const { capture, cardFingerprint } = channel;
  return {
    ...channel,
    probe: (account, options) => channel.probe(account, real(options)),
    pay: async (account, request, options) =>
      told(await channel.pay(account, { ...request, expiresAt: out(request.expiresAt) }, real(options))),
    query: async (account, payment, options) => told(await channel.query(account, payment, real(options))),
    close: (account, payment, options) => channel.close(account, payment, real(options)),
    ...(capture && {
      capture: async (account, payment, amount, options) => {
        const outcome = await capture(account, payment, amount, real(options));
        return outcome.kind === "captured" ? { ...outcome, at: back(outcome.at) } : outcome;
      },
    }),
    ...(cardFingerprint && {
      cardFingerprint: (account, token, options) => cardFingerprint(account, token, real(options)),
    }),
    refund: async (account, request, options) => told(await channel.refund(account, request, real(options))),
    queryRefund: async (account, request, options) => told(await channel.queryRefund(account, request, real(options))),
    readNotification: async (account, raw, options) => {
      const notification = await channel.readNotification(account, raw, real(options));
      switch (notification.kind) {
        case "payment":
          return { ...notification, outcome: told(notification.outcome) };
        case "refund":
          return { ...notification, outcome: told(notification.outcome) };
        case "ignored":
          return notification;
      }
    },
    statement: (account, date, options) => channel.statement(account, date, real(options)),
  };
}

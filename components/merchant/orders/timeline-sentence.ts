"use client";

import { useLocale, useTranslations } from "next-intl";
import type { TimelineEntry } from "../api/orders.ts";
import { formatMoney } from "../format.ts";

interface Sentence {
  readonly text: string;
  /** What more a reader may need: why it failed, what came back. */
  readonly note?: string | undefined;
}

/** Says in words what an entry of a timeline is. What has no words yet is shown by its own name. */
export function useSentence(currency: string): (entry: TimelineEntry) => Sentence {
  const t = useTranslations("dashboard.timeline");
  const methods = useTranslations("dashboard.methods");
  const channels = useTranslations("dashboard.channels");
  const declines = useTranslations("dashboard.declines");
  const kinds = useTranslations("dashboard.blocklists.kinds");
  const failures = useTranslations("dashboard.webhooks.errors");
  const locale = useLocale();

  // The catalogue is asked with names that come from data, so whether it knows them is asked first.
  const known = (translate: { has(key: never): boolean }, key: string) => translate.has(key as never);
  const method = (name: unknown) => (known(methods, String(name)) ? methods(name as "card") : String(name));
  const channel = (name: unknown) => (known(channels, String(name)) ? channels(name as "stripe") : String(name));
  const amount = (data: Record<string, unknown>) =>
    typeof data.amount === "number" ? formatMoney(locale, data.amount, String(data.currency ?? currency)) : "";

  const failure = (code: unknown) => (code === "amount_mismatch" ? t("refundMismatch") : code);

  return ({ kind, title, data }) => {
    switch (kind) {
      case "event": {
        const key = `event.${title}`;
        if (!known(t, key)) return { text: title };
        const object = (data.object ?? {}) as Record<string, unknown>;
        return { text: t(key as "event.order.paid", { amount: amount(object) }) };
      }
      case "attempt": {
        const reason = String(data.decline_reason ?? "");
        const flow = `flows.${data.flow}`;
        return {
          text: t("attempt", {
            method: method(data.method),
            channel: channel(data.channel),
            flow: known(t, flow) ? t(flow as "flows.qr") : String(data.flow),
          }),
          note: reason && (known(declines, reason) ? declines(reason as "expired") : reason),
        };
      }
      case "refusal":
        return {
          text: t(`refusal.${data.list}` as "refusal.merchant", {
            kind: kinds(data.kind as "email"),
            hint: String(data.hint ?? ""),
          }),
          note: data.reason ? String(data.reason) : undefined,
        };
      case "refund":
        return {
          text: t(data.source === "merchant" ? "refund" : "refundAutomatic", { amount: amount(data) }),
          note: [data.reason, failure(data.failure_code)].filter(Boolean).join(" · ") || undefined,
        };
      case "notification": {
        const key = `notification.${title}`;
        const isOtherRefund = title === "refund" && data.result === "mismatch";
        const result = `results.${isOtherRefund ? "refund_mismatch" : data.result}`;
        return {
          text: known(t, key) ? t(key as "notification.payment") : title,
          note: known(t, result) ? t(result as "results.applied") : String(data.result),
        };
      }
      case "ledger": {
        const key = `ledger.${title}`;
        return { text: known(t, key) ? t(key as "ledger.payment_succeeded") : title };
      }
      case "webhook": {
        const error = String(data.error ?? "");
        const answer = data.response_status
          ? t("webhookAnswered", { status: String(data.response_status) })
          : undefined;
        return {
          text: t("webhook", { tries: Number(data.tries ?? 0) }),
          note: answer ?? (known(failures, error) ? failures(error as "timeout") : error || undefined),
        };
      }
    }
  };
}

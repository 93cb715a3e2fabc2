"use client";

import { App, Button } from "antd";
import { useTranslations } from "next-intl";
import { useWebhookActions, type WebhookDelivery } from "../api/webhooks.ts";
import type { State } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import styles from "./webhooks.module.css";

export function stateOf({ status, try_count }: WebhookDelivery): State {
  return status === "pending" && try_count > 0 ? "retrying" : status;
}

/** The status that the merchant's server answered with, or why there was no answer. */
export function Answer({ delivery }: { delivery: Pick<WebhookDelivery, "error" | "response_status"> }) {
  const t = useTranslations("dashboard.webhooks.errors");
  const error = delivery.error as "timeout" | null;
  const why = error && (t.has(error) ? t(error) : error);
  return <span className={styles.answer}>{delivery.response_status ?? why ?? "—"}</span>;
}

export function Resend({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslations("dashboard.webhooks");
  const { message } = App.useApp();
  const { can } = useSession();
  const { resend } = useWebhookActions();
  if (!can("webhooks:write") || delivery.status === "pending") return null;
  return (
    <Button
      size="small"
      loading={resend.isPending}
      onClick={() =>
        resend.mutate(delivery.id, {
          onSuccess: () => message.success(t("resent")),
          onError: (error) => message.error(error.message),
        })
      }
    >
      {t("resend")}
    </Button>
  );
}

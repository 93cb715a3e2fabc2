"use client";

import { App, Button } from "antd";
import { useTranslations } from "next-intl";
import { useWebhookActions, type WebhookEndpoint } from "../api/webhooks.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./webhooks.module.css";

export function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useTranslations("dashboard.webhooks");
  const { message, modal } = App.useApp();
  const { can } = useSession();
  const { setStatus, test, reveal } = useWebhookActions();
  if (!can("webhooks:write")) return null;
  const isOn = endpoint.status === "enabled";
  const tell = (error: unknown) => modal.error({ title: t("problem"), content: <ProblemAlert error={error} /> });

  const sendTest = () => test.mutate(endpoint.id, { onSuccess: () => message.success(t("testSent")), onError: tell });
  const show = () =>
    reveal.mutate(endpoint.id, {
      onSuccess: ({ secret }) =>
        modal.info({
          title: t("secret"),
          content: <Copyable text={secret} what={t("secret")} />,
          okText: t("close"),
          width: 520,
        }),
      onError: tell,
    });
  const change = () => setStatus.mutate({ id: endpoint.id, status: isOn ? "disabled" : "enabled" }, { onError: tell });
  const confirmChange = () => {
    if (!isOn) return change();
    modal.confirm({
      title: t("disableTitle"),
      content: t("disableConsequence"),
      okText: t("disable"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: change,
    });
  };

  return (
    <span className={styles.actions}>
      {isOn && (
        <Button size="small" loading={test.isPending} onClick={sendTest}>
          {t("test")}
        </Button>
      )}
      <Button size="small" loading={reveal.isPending} onClick={show}>
        {t("showSecret")}
      </Button>
      <Button size="small" danger={isOn} loading={setStatus.isPending} onClick={confirmChange}>
        {isOn ? t("disable") : t("enable")}
      </Button>
    </span>
  );
}

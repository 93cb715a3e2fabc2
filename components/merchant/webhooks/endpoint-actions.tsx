"use client";

import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWebhookActions, type WebhookEndpoint } from "../api/webhooks.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { EndpointModal } from "./endpoint-modal.tsx";
import { ReplayModal } from "./replay-modal.tsx";
import { SecretModal } from "./secret-modal.tsx";
import styles from "./webhooks.module.css";

type Open = { readonly kind: "edit" | "replay" } | { readonly kind: "secret" | "rolled"; readonly secret: string };

export function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useTranslations("dashboard.webhooks");
  const { message, modal } = App.useApp();
  const { can } = useSession();
  const { setStatus, test, reveal, roll } = useWebhookActions();
  const [open, setOpen] = useState<Open>();
  if (!can("webhooks:write")) return null;
  const isOn = endpoint.status === "enabled";
  const { id } = endpoint;
  const onClose = () => setOpen(undefined);
  const tell = (error: unknown) => modal.error({ title: t("problem"), content: <ProblemAlert error={error} /> });

  const sendTest = () => test.mutate(id, { onSuccess: () => message.success(t("testSent")), onError: tell });
  const show = () =>
    reveal.mutate(id, { onSuccess: ({ secret }) => setOpen({ kind: "secret", secret }), onError: tell });
  const confirmRoll = () =>
    modal.confirm({
      title: t("rollTitle"),
      content: t("rollConsequence"),
      okText: t("roll"),
      cancelText: t("cancel"),
      onOk: () => roll.mutate(id, { onSuccess: ({ secret }) => setOpen({ kind: "rolled", secret }), onError: tell }),
    });
  const change = () => setStatus.mutate({ id, status: isOn ? "disabled" : "enabled" }, { onError: tell });
  const confirmOff = () =>
    modal.confirm({
      title: t("disableTitle"),
      content: t("disableConsequence"),
      okText: t("disable"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: change,
    });

  return (
    <span className={styles.actions}>
      {isOn && (
        <Button size="small" loading={test.isPending} onClick={sendTest}>
          {t("test")}
        </Button>
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t("edit"), onClick: () => setOpen({ kind: "edit" }) },
            { key: "secret", label: t("showSecret"), onClick: show },
            { key: "roll", label: t("roll"), onClick: confirmRoll },
            ...(isOn ? [{ key: "replay", label: t("replay.title"), onClick: () => setOpen({ kind: "replay" }) }] : []),
            { type: "divider" as const },
            isOn
              ? { key: "off", label: t("disable"), danger: true, onClick: confirmOff }
              : { key: "on", label: t("enable"), onClick: change },
          ],
        }}
      >
        <Button
          size="small"
          icon={<MoreOutlined aria-hidden />}
          aria-label={`${t("columns.actions")}: ${endpoint.url}`}
        />
      </Dropdown>
      {open?.kind === "edit" && <EndpointModal endpoint={endpoint} onClose={onClose} />}
      {open?.kind === "replay" && <ReplayModal endpoint={endpoint} onClose={onClose} />}
      {open?.kind === "secret" && (
        <SecretModal title={t("secret")} help={t("secretHelp")} secret={open.secret} onClose={onClose} />
      )}
      {open?.kind === "rolled" && (
        <SecretModal title={t("rolled")} help={t("rollConsequence")} secret={open.secret} onClose={onClose} />
      )}
    </span>
  );
}

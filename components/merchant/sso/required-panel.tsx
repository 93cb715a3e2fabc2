"use client";

import { App, Button, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type SsoConnection, useSsoActions } from "../api/sso.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./sso.module.css";

/** Whether it is the only way in; owners always keep their password, so that nobody locks himself out. */
export function RequiredPanel({ saved, isOwner }: { saved: SsoConnection; isOwner: boolean }) {
  const t = useTranslations("dashboard.sso");
  const { message } = App.useApp();
  const { change } = useSsoActions();
  const [isAsking, setAsking] = useState(false);
  const hasDomain = saved.domains.some(({ verified }) => verified);
  const set = (required: boolean) =>
    change.mutate(
      { required },
      {
        onSuccess: () => {
          message.success(t("saved"));
          setAsking(false);
        },
      },
    );
  return (
    <Panel title={t("required")}>
      <p className={styles.help}>
        {t(saved.required ? "requiredOn" : hasDomain ? "requiredOff" : "requiredNeedsDomain")}
      </p>
      {change.error && !isAsking && <ProblemAlert error={change.error} />}
      {isOwner && saved.required && (
        <Button loading={change.isPending} onClick={() => set(false)}>
          {t("stopRequiring")}
        </Button>
      )}
      {isOwner && !saved.required && hasDomain && <Button onClick={() => setAsking(true)}>{t("require")}</Button>}
      {isAsking && (
        <Modal
          open
          title={t("requireTitle")}
          onCancel={() => setAsking(false)}
          onOk={() => set(true)}
          okText={t("require")}
          cancelText={t("cancel")}
          okButtonProps={{ loading: change.isPending }}
        >
          {change.error && <ProblemAlert error={change.error} />}
          <p className={styles.consequence}>{t("requireConsequence")}</p>
        </Modal>
      )}
    </Panel>
  );
}

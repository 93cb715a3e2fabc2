"use client";

import { CheckCircleOutlined, CloseCircleOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { type AuditVerification, useAuditActions } from "../api/audit.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./activity.module.css";

/** Says what keeps the log honest, and recomputes it when asked. */
export function ChainPanel() {
  const t = useTranslations("dashboard.activity.chain");
  const { verify } = useAuditActions();
  return (
    <div className={styles.chainPanel}>
      <Panel>
        <div className={styles.chain}>
          <div role="status">{verify.data ? <Found found={verify.data} /> : <p>{t("explained")}</p>}</div>
          <Button
            icon={<SafetyCertificateOutlined aria-hidden />}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
          >
            {t("verify")}
          </Button>
        </div>
        {verify.error && <ProblemAlert error={verify.error} />}
      </Panel>
    </div>
  );
}

function Found({ found }: { found: AuditVerification }) {
  const t = useTranslations("dashboard.activity.chain");
  if (found.broken) {
    const { entry, seal, reason } = found.broken;
    return (
      <p className={styles.broken}>
        <CloseCircleOutlined aria-hidden /> {t(`broken.${reason}`, { seal })}{" "}
        {entry && <Copyable text={entry} what={t("entry")} />}
      </p>
    );
  }
  if (!found.through || !found.head) return <p>{t("notYet")}</p>;
  return (
    <>
      <p className={styles.whole}>
        <CheckCircleOutlined aria-hidden /> {t("whole", { count: found.entries })} <Moment at={found.through} isExact />
      </p>
      <p className={styles.head}>
        {t("head")} <Copyable text={found.head} what={t("head")} />
      </p>
    </>
  );
}

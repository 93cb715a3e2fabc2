"use client";

import { Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "../api/me.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { EnrolModal } from "./enrol-modal.tsx";
import { RenewCodesModal, TurnOffModal } from "./password-modals.tsx";
import styles from "./security.module.css";

type Step = "enrol" | "renew" | "off";

export function SecondFactorPanel() {
  const t = useTranslations("dashboard.security");
  const { data, error, refetch } = useMe();
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  return (
    <Panel title={t("factor")}>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {data && (
        <>
          <p className={styles.state}>
            {data.totp ? t("factorOn", { left: data.recovery_codes_left }) : t("factorOff")}
          </p>
          <div className={styles.buttons}>
            {data.totp ? (
              <>
                <Button onClick={() => setStep("renew")}>{t("renew")}</Button>
                <Button danger onClick={() => setStep("off")}>
                  {t("turnOff")}
                </Button>
              </>
            ) : (
              <Button type="primary" onClick={() => setStep("enrol")}>
                {t("turnOn")}
              </Button>
            )}
          </div>
        </>
      )}
      {step === "enrol" && <EnrolModal onClose={close} />}
      {step === "renew" && <RenewCodesModal onClose={close} />}
      {step === "off" && <TurnOffModal onClose={close} />}
    </Panel>
  );
}

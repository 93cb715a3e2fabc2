"use client";

import { EyeOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Modal, Segmented } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { visitLimits } from "#lib/operator/impersonation/limits";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { keepPreference } from "../../site/preferences.ts";
import { useOperatorApi } from "../api/use-api.ts";
import styles from "../pieces/pieces.module.css";
import { ReasonField } from "../pieces/reason-field.tsx";
import { useConsole } from "../session.tsx";

const lengths = [15, 30, visitLimits.mostMinutes];

/** Opens a merchant's dashboard to look at, after saying why and for how long. */
export function VisitButton({ merchant }: { merchant: { readonly id: string; readonly name: string } }) {
  const t = useTranslations("console.visit");
  const { may } = useConsole();
  const api = useOperatorApi();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState(30);
  const start = useMutation({
    mutationFn: () => api.post(`/v1/operator/merchants/${merchant.id}/impersonations`, { reason, minutes }),
    onSuccess: () => {
      keepPreference("merchant", merchant.id);
      location.assign("/dashboard");
    },
  });
  if (!may("merchants:impersonate")) return null;
  return (
    <>
      <Button icon={<EyeOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      {isOpen && (
        <Modal
          open
          title={t("title", { merchant: merchant.name })}
          onCancel={() => setOpen(false)}
          onOk={() => start.mutate()}
          okText={t("open")}
          cancelText={t("cancel")}
          okButtonProps={{ disabled: reason.trim().length < visitLimits.reasonLength, loading: start.isPending }}
        >
          <div className={styles.form}>
            {start.error && <ProblemAlert error={start.error} />}
            <p>{t("consequence", { merchant: merchant.name })}</p>
            <ReasonField label={t("reason")} value={reason} onChange={setReason} />
            <Segmented
              aria-label={t("minutes")}
              value={minutes}
              options={lengths.map((value) => ({ value, label: t("length", { minutes: value }) }))}
              onChange={setMinutes}
            />
          </div>
        </Modal>
      )}
    </>
  );
}

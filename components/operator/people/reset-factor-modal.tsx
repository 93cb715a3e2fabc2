"use client";

import { App, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Operator, useOperatorActions } from "../api/operators.ts";
import { ReasonField } from "../pieces/reason-field.tsx";

/** For a colleague whose phone is lost. */
export function ResetFactorModal({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const t = useTranslations("console.operators");
  const { message } = App.useApp();
  const { resetFactor } = useOperatorActions();
  const [reason, setReason] = useState("");
  const onSuccess = () => {
    message.success(t("resetFactorDone"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("resetFactorTitle", { name: operator.name })}
      onCancel={onClose}
      onOk={() => resetFactor.mutate({ id: operator.id, reason }, { onSuccess })}
      okText={t("resetFactor")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: resetFactor.isPending }}
    >
      {resetFactor.error && <ProblemAlert error={resetFactor.error} />}
      <p>{t("resetFactorConsequence")}</p>
      <ReasonField label={t("resetFactorReason")} value={reason} onChange={setReason} />
    </Modal>
  );
}

"use client";

import { App, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Parameter, useProposeParameter } from "../api/parameters.ts";
import { ReasonField } from "../pieces/reason-field.tsx";
import styles from "./parameters.module.css";
import { ParameterEditor } from "./value.tsx";
import { useParameterWords } from "./words.ts";

export function ProposeModal({ parameter, onClose }: { parameter: Parameter; onClose: () => void }) {
  const t = useTranslations("console.parameters");
  const words = useParameterWords();
  const { message } = App.useApp();
  const propose = useProposeParameter();
  const [value, setValue] = useState(parameter.value);
  const [reason, setReason] = useState("");
  const isSame = JSON.stringify(value) === JSON.stringify(parameter.value);
  const submit = async () => {
    const made = await propose.mutateAsync({ name: parameter.id, value, reason }).catch(() => undefined);
    if (!made) return;
    message.success(t("proposed"));
    onClose();
  };
  return (
    <Modal
      open
      title={words.name(parameter.id)}
      onCancel={onClose}
      onOk={submit}
      okText={t("propose")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: isSame || reason.trim() === "", loading: propose.isPending }}
    >
      <div className={styles.form}>
        {propose.error && <ProblemAlert error={propose.error} />}
        <p>{words.help(parameter.id)}</p>
        <ParameterEditor label={words.name(parameter.id)} value={value} onChange={setValue} />
        <ReasonField label={t("reason")} value={reason} onChange={setReason} />
        <p>{t("consequence")}</p>
      </div>
    </Modal>
  );
}

"use client";

import { App, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type ApiKey, useApiKeyActions } from "../api/api-keys.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./api-keys.module.css";

/** A revoked key is gone for good, so its name has to be typed. */
export function RevokeKeyModal({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  const { message } = App.useApp();
  const { revoke } = useApiKeyActions();
  const submit = async () => {
    const gone = await revoke.mutateAsync(apiKey.id).catch(() => undefined);
    if (!gone) return;
    message.success(t("revoked"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("revokeTitle", { label: apiKey.label })}
      onCancel={onClose}
      okText={t("revoke")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true, htmlType: "submit", form: "revoke-key", loading: revoke.isPending }}
    >
      <Form id="revoke-key" layout="vertical" requiredMark={false} onFinish={submit}>
        {revoke.error && (
          <Form.Item>
            <ProblemAlert error={revoke.error} />
          </Form.Item>
        )}
        <p className={styles.consequence}>{t("revokeConsequence", { hint: apiKey.hint })}</p>
        <Form.Item
          name="label"
          label={t("typeLabel", { label: apiKey.label })}
          rules={[
            {
              validator: (_, typed = "") =>
                typed.trim() === apiKey.label ? Promise.resolve() : Promise.reject(t("labelWrong")),
            },
          ]}
        >
          <Input autoComplete="off" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

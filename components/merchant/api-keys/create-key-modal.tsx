"use client";

import { Alert, Form, Input, Modal, Radio } from "antd";
import { useTranslations } from "next-intl";
import { type ApiKey, useApiKeyActions } from "../api/api-keys.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./api-keys.module.css";

type Fields = Pick<ApiKey, "kind" | "label">;

/** Makes a key and shows it, this once. */
export function CreateKeyModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  const { create } = useApiKeyActions();
  const made = create.data;
  if (made) {
    return (
      <Modal
        open
        title={t("made", { label: made.label })}
        onCancel={onClose}
        onOk={onClose}
        okText={t("kept")}
        mask={{ closable: false }}
        footer={(_, { OkBtn }) => <OkBtn />}
      >
        <Alert type="warning" showIcon title={t("shownOnce")} />
        <p className={styles.secret}>
          <Copyable text={made.key} what={t("columns.key")} />
        </p>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t("create")}
      onCancel={onClose}
      okText={t("create")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "create-key", loading: create.isPending }}
    >
      <Form<Fields>
        id="create-key"
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: "secret" }}
        onFinish={({ kind, label }) => create.mutate({ kind, label: label.trim() })}
      >
        {create.error && (
          <Form.Item>
            <ProblemAlert error={create.error} />
          </Form.Item>
        )}
        <Form.Item
          name="label"
          label={t("columns.label")}
          rules={[{ required: true, whitespace: true, max: 100, message: t("labelMissing") }]}
        >
          <Input placeholder={t("labelHint")} maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="kind" label={t("columns.kind")}>
          <Radio.Group
            vertical
            options={(["secret", "publishable"] as const).map((value) => ({
              value,
              label: (
                <>
                  {t(`kinds.${value}.name`)} <span className={styles.help}>{t(`kinds.${value}.help`)}</span>
                </>
              ),
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

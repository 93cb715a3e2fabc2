"use client";

import { App, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type OwnPasskey, useOwnPasskeys } from "../api/me.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./security.module.css";

interface Props {
  readonly passkey: OwnPasskey;
  readonly onClose: () => void;
}

export function RenamePasskeyModal({ passkey, onClose }: Props) {
  const t = useTranslations("dashboard.security.passkeys");
  const shared = useTranslations("dashboard.security");
  const { rename } = useOwnPasskeys();
  return (
    <Modal
      open
      title={t("renameTitle")}
      onCancel={onClose}
      okText={t("rename")}
      cancelText={shared("cancel")}
      okButtonProps={{ htmlType: "submit", form: "rename-passkey", loading: rename.isPending }}
    >
      <Form<{ name: string }>
        id="rename-passkey"
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: passkey.name }}
        onFinish={({ name }) => rename.mutate({ id: passkey.id, name: name.trim() }, { onSuccess: onClose })}
      >
        {rename.error && (
          <Form.Item>
            <ProblemAlert error={rename.error} />
          </Form.Item>
        )}
        <Form.Item
          name="name"
          label={t("name")}
          rules={[{ required: true, whitespace: true, message: t("nameMissing") }]}
        >
          <Input maxLength={80} autoComplete="off" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function RemovePasskeyModal({ passkey, onClose }: Props) {
  const t = useTranslations("dashboard.security.passkeys");
  const shared = useTranslations("dashboard.security");
  const { message } = App.useApp();
  const { remove } = useOwnPasskeys();
  const submit = () =>
    remove.mutate(passkey.id, {
      onSuccess: () => {
        message.success(t("removed"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("removeTitle", { name: passkey.name })}
      onCancel={onClose}
      onOk={submit}
      okText={t("remove")}
      cancelText={shared("cancel")}
      okButtonProps={{ danger: true, loading: remove.isPending }}
    >
      {remove.error && <ProblemAlert error={remove.error} />}
      <p className={styles.consequence}>{t("removeConsequence")}</p>
    </Modal>
  );
}

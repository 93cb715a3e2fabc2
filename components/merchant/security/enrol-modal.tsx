"use client";

import { Form, Input, Modal, QRCode } from "antd";
import { useTranslations } from "next-intl";
import { useMyActions } from "../api/me.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { CodesModal, PasswordModal } from "./password-modals.tsx";
import styles from "./security.module.css";

/** Password, then the app's first code, then the recovery codes. */
export function EnrolModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.security");
  const { beginTotp, confirmTotp } = useMyActions();
  if (confirmTotp.data) return <CodesModal codes={confirmTotp.data.recovery_codes} onClose={onClose} />;
  if (!beginTotp.data) {
    return (
      <PasswordModal
        title={t("turnOn")}
        okText={t("next1")}
        error={beginTotp.error}
        isPending={beginTotp.isPending}
        onProof={({ password }) => beginTotp.mutate(password)}
        onClose={onClose}
      />
    );
  }
  const { secret, uri } = beginTotp.data;
  return (
    <Modal
      open
      title={t("turnOn")}
      onCancel={onClose}
      okText={t("turnOn")}
      cancelText={t("cancel")}
      mask={{ closable: false }}
      okButtonProps={{ htmlType: "submit", form: "enrol", loading: confirmTotp.isPending }}
    >
      <p>{t("scan")}</p>
      <div className={styles.qr} role="img" aria-label={t("qr")}>
        {/* Black on white whatever the scheme: some apps don't read it the other way round. */}
        <QRCode value={uri} size={200} color="#000" bgColor="#fff" bordered={false} />
      </div>
      <p className={styles.secret}>
        {t("secret")} <Copyable text={secret} what={t("secret")} />
      </p>
      <Form<{ code: string }>
        id="enrol"
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => confirmTotp.mutate(code.trim())}
      >
        {confirmTotp.error && (
          <Form.Item>
            <ProblemAlert error={confirmTotp.error} />
          </Form.Item>
        )}
        <Form.Item
          name="code"
          label={t("code")}
          rules={[{ pattern: /^\s*\d{6}\s*$/, required: true, message: t("codeMissing") }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

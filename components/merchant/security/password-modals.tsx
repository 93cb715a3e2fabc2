"use client";

import { Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useAccountApi } from "../api/account-api.tsx";
import { type Proof, useMyActions } from "../api/me.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import styles from "./security.module.css";

interface PasswordModalProps {
  readonly title: string;
  readonly consequence?: string;
  readonly okText: string;
  readonly isDangerous?: boolean;
  readonly error: unknown;
  readonly isPending: boolean;
  /** Asks for a code too. */
  readonly wantsCode?: boolean;
  readonly onProof: (proof: Proof) => void;
  readonly onClose: () => void;
}

/** Asks for the password before something that would let a stranger at an open browser take the account over. */
export function PasswordModal(props: PasswordModalProps) {
  const t = useTranslations("dashboard.security");
  const id = useId();
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      okText={props.okText}
      cancelText={t("cancel")}
      okButtonProps={{
        htmlType: "submit",
        form: id,
        loading: props.isPending,
        ...(props.isDangerous && { danger: true }),
      }}
    >
      <Form<Proof> id={id} name="confirm" layout="vertical" requiredMark={false} onFinish={props.onProof}>
        {props.error ? (
          <Form.Item>
            <ProblemAlert error={props.error} />
          </Form.Item>
        ) : null}
        {props.consequence && <p className={styles.consequence}>{props.consequence}</p>}
        <Form.Item
          name="password"
          label={t("confirmPassword")}
          rules={[{ required: true, message: t("passwordMissing") }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        {props.wantsCode && (
          <Form.Item
            name="code"
            label={t("confirmCode")}
            rules={[{ required: true, message: t("confirmCodeMissing") }]}
          >
            <Input autoComplete="one-time-code" autoCapitalize="none" maxLength={40} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

export function TurnOffModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.security");
  const { wantsCode } = useAccountApi();
  const { removeTotp } = useMyActions();
  return (
    <PasswordModal
      title={t("turnOff")}
      consequence={t("turnOffConsequence")}
      okText={t("turnOff")}
      isDangerous
      error={removeTotp.error}
      isPending={removeTotp.isPending}
      wantsCode={wantsCode}
      onProof={(proof) => removeTotp.mutate(proof, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

export function RenewCodesModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.security");
  const { wantsCode } = useAccountApi();
  const { renewCodes } = useMyActions();
  if (renewCodes.data) return <CodesModal codes={renewCodes.data.recovery_codes} onClose={onClose} />;
  return (
    <PasswordModal
      title={t("renew")}
      consequence={t("renewConsequence")}
      okText={t("next1")}
      error={renewCodes.error}
      isPending={renewCodes.isPending}
      wantsCode={wantsCode}
      onProof={(proof) => renewCodes.mutate(proof)}
      onClose={onClose}
    />
  );
}

export function CodesModal({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useTranslations("dashboard.security");
  return (
    <Modal
      open
      title={t("codes")}
      onCancel={onClose}
      onOk={onClose}
      okText={t("kept")}
      mask={{ closable: false }}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <RecoveryCodes codes={codes} />
    </Modal>
  );
}

"use client";

import { startRegistration } from "@simplewebauthn/browser";
import { Alert, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useOwnPasskeys } from "../api/me.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";

interface Props {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

interface Fields {
  readonly name: string;
  readonly password: string;
}

const words: Record<string, "canceled" | "there"> = { NotAllowedError: "canceled", InvalidStateError: "there" };

/** Name and password, then the browser's own dialog. */
export function AddPasskeyModal({ onClose, onAdded }: Props) {
  const t = useTranslations("dashboard.security.passkeys");
  const shared = useTranslations("dashboard.security");
  const { person } = useSession();
  const { begin, add } = useOwnPasskeys();
  const [trouble, setTrouble] = useState<"canceled" | "there" | "failed">();
  const [isWorking, setWorking] = useState(false);
  const problem = begin.error ?? add.error;
  const make = async ({ name, password }: Fields) => {
    setTrouble(undefined);
    add.reset();
    const { options } = await begin.mutateAsync(password);
    const response = await startRegistration({ optionsJSON: options }).catch((error: Error) => {
      setTrouble(words[error.name] ?? "failed");
    });
    if (!response) return;
    await add.mutateAsync({ name: name.trim(), response });
    onAdded();
  };
  const submit = async (fields: Fields) => {
    setWorking(true);
    // What the API refuses stands in the two mutations.
    await make(fields).catch(() => undefined);
    setWorking(false);
  };
  return (
    <Modal
      open
      title={t("add")}
      onCancel={onClose}
      okText={shared("next1")}
      cancelText={shared("cancel")}
      okButtonProps={{ htmlType: "submit", form: "passkey", loading: isWorking }}
    >
      <p>{t("addHelp")}</p>
      <Form<Fields> id="passkey" name="passkey" layout="vertical" requiredMark={false} onFinish={submit}>
        {problem && (
          <Form.Item>
            <ProblemAlert error={problem} />
          </Form.Item>
        )}
        {trouble && (
          <Form.Item>
            <Alert type="warning" showIcon role="alert" title={t(`trouble.${trouble}`)} />
          </Form.Item>
        )}
        {/* So that a password manager knows whose password it fills in. */}
        <input type="text" name="username" autoComplete="username" value={person.email} readOnly hidden />
        <Form.Item
          name="name"
          label={t("name")}
          extra={t("nameHelp")}
          rules={[{ required: true, whitespace: true, message: t("nameMissing") }]}
        >
          <Input maxLength={80} autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={shared("confirmPassword")}
          rules={[{ required: true, message: shared("passwordMissing") }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

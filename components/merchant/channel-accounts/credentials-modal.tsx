"use client";

import { App, Form, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Channel } from "../api/channel-accounts.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./channel-accounts.module.css";
import { CredentialFields, filledIn } from "./credential-fields.tsx";
import { problemField } from "./problem-field.ts";

type Credentials = Record<string, string>;

interface Props {
  /** The account's name. */
  readonly label: string;
  readonly channel: Channel;
  /** What follows for others. */
  readonly consequence?: ReactNode;
  readonly isPending: boolean;
  readonly error: unknown;
  replace(credentials: Credentials, told: { onSuccess: () => void; onError: (problem: unknown) => void }): void;
  onClose(): void;
}

interface Fields {
  readonly credentials?: Readonly<Credentials>;
}

const formId = "replace-credentials";

/** New keys for an account that stays the same; what is not filled in is kept. */
export function CredentialsModal({ label, channel, consequence, isPending, error, replace, onClose }: Props) {
  const t = useTranslations("dashboard.channelAccounts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [isNothing, setNothing] = useState(false);
  const submit = (fields: Fields) => {
    const credentials = filledIn(fields.credentials);
    const isEmpty = Object.keys(credentials).length === 0;
    setNothing(isEmpty);
    if (isEmpty) return;
    replace(credentials, {
      onSuccess: () => {
        message.success(t("replaced"));
        onClose();
      },
      onError: (problem) => {
        const field = problemField(problem);
        if (field) form.setFields([field]);
      },
    });
  };
  return (
    <Modal
      open
      width={600}
      title={`${t("replace")} · ${label}`}
      onCancel={onClose}
      okText={t("replace")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: isPending }}
    >
      <p className={styles.soft}>
        {consequence} {t("replaceHelp")} {t("encrypted")}
      </p>
      <Form<Fields> id={formId} form={form} layout="vertical" requiredMark={false} scrollToFirstError onFinish={submit}>
        <CredentialFields fields={channel.credentials} areAllOptional />
        {isNothing && <p role="alert">{t("replaceNothing")}</p>}
        {error && !problemField(error) ? <ProblemAlert error={error} /> : null}
      </Form>
    </Modal>
  );
}

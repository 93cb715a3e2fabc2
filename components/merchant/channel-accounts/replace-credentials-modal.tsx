"use client";

import { App, Form, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Channel, type ChannelAccount, useChannelAccountActions } from "../api/channel-accounts.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./channel-accounts.module.css";
import { CredentialFields, filledIn } from "./credential-fields.tsx";
import { problemField } from "./problem-field.ts";

interface Props {
  readonly account: ChannelAccount;
  readonly channel: Channel;
  readonly onClose: () => void;
}

interface Fields {
  readonly credentials?: Readonly<Record<string, string>>;
}

/** New keys for an account that stays the same; what is not filled in is kept. */
export function ReplaceCredentialsModal({ account, channel, onClose }: Props) {
  const t = useTranslations("dashboard.channelAccounts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [isNothing, setNothing] = useState(false);
  const { change } = useChannelAccountActions();
  const submit = (fields: Fields) => {
    const credentials = filledIn(fields.credentials);
    setNothing(Object.keys(credentials).length === 0);
    if (Object.keys(credentials).length === 0) return;
    change.mutate(
      { id: account.id, credentials },
      {
        onSuccess: () => {
          message.success(t("replaced"));
          onClose();
        },
        onError: (problem) => {
          const field = problemField(problem);
          if (field) form.setFields([field]);
        },
      },
    );
  };
  return (
    <Modal
      open
      width={600}
      title={`${t("replace")} · ${account.label}`}
      onCancel={onClose}
      okText={t("replace")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "replace-credentials", loading: change.isPending }}
    >
      <p className={styles.soft}>
        {t("replaceHelp")} {t("encrypted")}
      </p>
      <Form<Fields>
        id="replace-credentials"
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        onFinish={submit}
      >
        <CredentialFields fields={channel.credentials} areAllOptional />
        {isNothing && <p role="alert">{t("replaceNothing")}</p>}
        {change.error && !problemField(change.error) && <ProblemAlert error={change.error} />}
      </Form>
    </Modal>
  );
}

"use client";

import { App, Form, Modal } from "antd";
import { useTranslations } from "next-intl";
import type { Channel } from "../../merchant/api/channel-accounts.ts";
import { CredentialFields, filledIn } from "../../merchant/channel-accounts/credential-fields.tsx";
import { problemField } from "../../merchant/channel-accounts/problem-field.ts";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type PlatformAccountDetail, usePlatformAccountActions } from "../api/platform-accounts.ts";
import styles from "./channels.module.css";

interface Props {
  readonly account: PlatformAccountDetail;
  readonly channel: Channel;
  readonly onClose: () => void;
}

interface Fields {
  readonly credentials?: Readonly<Record<string, string>>;
}

/** New keys for every merchant that borrows the account; what is not filled in is kept. */
export function ReplacePlatformCredentialsModal({ account, channel, onClose }: Props) {
  const t = useTranslations("console.channels");
  const words = useTranslations("dashboard.channelAccounts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const { replace } = usePlatformAccountActions(account.id);
  const submit = (fields: Fields) => {
    const credentials = filledIn(fields.credentials);
    if (Object.keys(credentials).length === 0) return message.info(words("replaceNothing"));
    return replace.mutate(credentials, {
      onSuccess: () => {
        message.success(words("replaced"));
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
      title={`${words("replace")} · ${account.label}`}
      onCancel={onClose}
      okText={words("replace")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "replace-platform-credentials", loading: replace.isPending }}
    >
      <p className={styles.soft}>
        {t("platform.replaceConsequence", { count: account.merchants })} {words("replaceHelp")} {words("encrypted")}
      </p>
      <Form<Fields>
        id="replace-platform-credentials"
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        onFinish={submit}
      >
        <CredentialFields fields={channel.credentials} areAllOptional />
        {replace.error && !problemField(replace.error) ? <ProblemAlert error={replace.error} /> : null}
      </Form>
    </Modal>
  );
}

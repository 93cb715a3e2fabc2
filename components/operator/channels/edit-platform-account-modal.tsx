"use client";

import { App, Checkbox, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import type { Channel } from "../../merchant/api/channel-accounts.ts";
import { useMethodName } from "../../merchant/channel-accounts/method-name.ts";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type PlatformAccountDetail, usePlatformAccountActions } from "../api/platform-accounts.ts";
import { oneAtLeast } from "./one-at-least.ts";

interface Props {
  readonly account: PlatformAccountDetail;
  readonly channel: Channel;
  readonly onClose: () => void;
}

interface Fields {
  readonly label: string;
  readonly methods: string[];
}

const formId = "edit-platform-account";

/** Its name, and what it may be lent for. */
export function EditPlatformAccountModal({ account, channel, onClose }: Props) {
  const t = useTranslations("console.channels");
  const words = useTranslations("dashboard.channelAccounts");
  const methodName = useMethodName();
  const { message } = App.useApp();
  const { change } = usePlatformAccountActions(account.id);
  const submit = ({ label, methods }: Fields) =>
    change.mutate(
      { label: label.trim(), methods },
      {
        onSuccess: () => {
          message.success(words("saved"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={`${words("edit")} · ${account.label}`}
      onCancel={onClose}
      okText={words("save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: change.isPending }}
    >
      <Form<Fields>
        id={formId}
        layout="vertical"
        requiredMark={false}
        initialValues={{ label: account.label, methods: account.methods }}
        onFinish={submit}
      >
        <Form.Item
          name="label"
          label={words("label")}
          rules={[{ required: true, whitespace: true, max: 100, message: words("labelMissing") }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="methods"
          label={t("platform.methods")}
          extra={t("platform.methodsHelp")}
          rules={[oneAtLeast(t("missing"))]}
        >
          <Checkbox.Group options={channel.methods.map((value) => ({ value, label: methodName(value) }))} />
        </Form.Item>
        {change.error ? <ProblemAlert error={change.error} /> : null}
      </Form>
    </Modal>
  );
}

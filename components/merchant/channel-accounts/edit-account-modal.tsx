"use client";

import { App, Checkbox, Form, Input, InputNumber, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type Channel, type ChannelAccount, useChannelAccountActions } from "../api/channel-accounts.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useMethodName } from "./method-name.ts";

interface Props {
  readonly account: ChannelAccount;
  readonly channel: Channel;
  readonly onClose: () => void;
}

type Fields = Pick<ChannelAccount, "label" | "methods" | "priority">;

export function EditAccountModal({ account, channel, onClose }: Props) {
  const t = useTranslations("dashboard.channelAccounts");
  const methodName = useMethodName();
  const { message } = App.useApp();
  const { change } = useChannelAccountActions();
  const submit = ({ label, methods, priority }: Fields) =>
    change.mutate(
      { id: account.id, label: label.trim(), methods, priority },
      {
        onSuccess: () => {
          message.success(t("saved"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={account.label}
      onCancel={onClose}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "edit-channel-account", loading: change.isPending }}
    >
      <Form<Fields>
        id="edit-channel-account"
        layout="vertical"
        requiredMark={false}
        initialValues={account}
        onFinish={submit}
      >
        <Form.Item
          name="label"
          label={t("label")}
          extra={t("labelHelp")}
          rules={[{ required: true, whitespace: true, max: 100, message: t("labelMissing") }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="methods"
          label={t("columns.methods")}
          extra={t("methodsHelp")}
          rules={[{ required: true, message: t("methodsMissing") }]}
        >
          <Checkbox.Group
            options={(account.lent_methods ?? channel.methods).map((value) => ({ value, label: methodName(value) }))}
          />
        </Form.Item>
        <Form.Item name="priority" label={t("columns.priority")} extra={t("priorityHelp")}>
          <InputNumber min={0} max={10_000} precision={0} />
        </Form.Item>
        {account.provided_by === "merchant" && (
          <Form.Item label={t("notifyUrl")}>
            <Copyable text={account.notify_url} what={t("notifyUrl")} />
          </Form.Item>
        )}
        {change.error && <ProblemAlert error={change.error} />}
      </Form>
    </Modal>
  );
}

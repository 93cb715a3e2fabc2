"use client";

import { App, Form, Input, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useChannelAccountsOfAll, useChannelActions } from "../api/channels.ts";
import styles from "./channels.module.css";

interface Fields {
  readonly channel: string;
  readonly account?: string;
  /** Of the reader's own clock, as the browser's field gives it. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const formId = "announce-maintenance";

export function AnnounceModal({ channels, onClose }: { channels: ReadonlyMap<string, string>; onClose: () => void }) {
  const t = useTranslations("console.channels");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const channel = Form.useWatch("channel", form);
  const accounts = useChannelAccountsOfAll({ channel }).data?.data ?? [];
  const { announce } = useChannelActions();
  const submit = async ({ channel: chosen, account, from, to, reason }: Fields) => {
    const made = await announce
      .mutateAsync({
        channel: chosen,
        ...(account && { channel_account: account }),
        starts_at: new Date(from).toISOString(),
        ends_at: new Date(to).toISOString(),
        reason: reason.trim(),
      })
      .catch(() => undefined);
    if (!made) return;
    message.success(t("announce.done"));
    onClose();
  };
  const required = [{ required: true, message: t("missing") }];
  return (
    <Modal
      open
      title={t("announce.open")}
      onCancel={onClose}
      okText={t("announce.confirm")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: announce.isPending }}
    >
      <Form<Fields> id={formId} form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <p>{t("announce.consequence")}</p>
        <Form.Item name="channel" label={t("columns.channel")} rules={required}>
          <Select
            options={[...channels].map(([value, label]) => ({ value, label }))}
            onChange={() => form.resetFields(["account"])}
          />
        </Form.Item>
        <Form.Item name="account" label={t("columns.account")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("announce.all")}
            disabled={!channel}
            options={accounts.map(({ id, label, merchant }) => ({ value: id, label: `${merchant.name} · ${label}` }))}
          />
        </Form.Item>
        <div className={styles.pair}>
          <Form.Item name="from" label={t("announce.from")} rules={required}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="to" label={t("announce.to")} rules={required}>
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <p className={styles.soft}>{t("announce.clock", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}</p>
        <Form.Item
          name="reason"
          label={t("reason")}
          extra={t("announce.reasonHelp")}
          rules={[{ required: true, whitespace: true, message: t("missing") }]}
        >
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
        {announce.error ? <ProblemAlert error={announce.error} /> : null}
      </Form>
    </Modal>
  );
}

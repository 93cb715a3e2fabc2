"use client";

import { Button, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type OperatorAccount, useChannelActions } from "../api/channels.ts";
import { useConsole } from "../session.tsx";

export function PauseButton({ account }: { account: OperatorAccount }) {
  const t = useTranslations("console.channels");
  const { may } = useConsole();
  const { resume } = useChannelActions();
  const [isAsking, setAsking] = useState(false);
  if (!may("channels:write")) return null;
  if (account.paused_at) {
    return (
      <Button loading={resume.isPending} onClick={() => resume.mutate(account.id)}>
        {t("resume")}
      </Button>
    );
  }
  return (
    <>
      <Button
        aria-label={t("pause.title", { label: account.label, merchant: account.merchant.name })}
        onClick={() => setAsking(true)}
      >
        {t("pause.open")}
      </Button>
      {isAsking && <PauseModal account={account} onClose={() => setAsking(false)} />}
    </>
  );
}

function PauseModal({ account, onClose }: { account: OperatorAccount; onClose: () => void }) {
  const t = useTranslations("console.channels");
  const { pause } = useChannelActions();
  const formId = `pause-${account.id}`;
  const submit = async ({ reason }: { reason: string }) => {
    if (await pause.mutateAsync({ id: account.id, reason: reason.trim() }).catch(() => undefined)) onClose();
  };
  return (
    <Modal
      open
      title={t("pause.title", { label: account.label, merchant: account.merchant.name })}
      onCancel={onClose}
      okText={t("pause.confirm")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true, htmlType: "submit", form: formId, loading: pause.isPending }}
    >
      <Form<{ reason: string }> id={formId} layout="vertical" requiredMark={false} onFinish={submit}>
        <p>{t("pause.consequence")}</p>
        <Form.Item
          name="reason"
          label={t("reason")}
          extra={t("pause.reasonHelp")}
          rules={[{ required: true, whitespace: true, message: t("missing") }]}
        >
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        {pause.error ? <ProblemAlert error={pause.error} /> : null}
      </Form>
    </Modal>
  );
}

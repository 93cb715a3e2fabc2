"use client";

import { App, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useTeamActions } from "../api/team.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { RoleField } from "./role-field.tsx";

interface Fields {
  readonly email: string;
  readonly role: string;
}

export function InviteModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.team");
  const { message } = App.useApp();
  const { invite } = useTeamActions();
  const submit = async ({ email, role }: Fields) => {
    const sent = await invite.mutateAsync({ email: email.trim(), role }).catch(() => undefined);
    if (!sent) return;
    message.success(t("sent", { email: sent.email }));
    onClose();
  };
  return (
    <Modal
      open
      title={t("invite")}
      onCancel={onClose}
      okText={t("send")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "invite", loading: invite.isPending }}
    >
      <Form<Fields>
        id="invite"
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: "read_only" }}
        onFinish={submit}
      >
        {invite.error && (
          <Form.Item>
            <ProblemAlert error={invite.error} />
          </Form.Item>
        )}
        <Form.Item
          name="email"
          label={t("email")}
          extra={t("inviteHelp")}
          rules={[
            { required: true, type: "email", transform: (typed: string) => typed?.trim(), message: t("emailMissing") },
          ]}
        >
          <Input type="email" autoComplete="off" autoFocus maxLength={254} />
        </Form.Item>
        <RoleField />
      </Form>
    </Modal>
  );
}

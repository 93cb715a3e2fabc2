"use client";

import { App, Form, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type Member, useTeamActions } from "../api/team.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { RoleField } from "./role-field.tsx";

export function ChangeRoleModal({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useTranslations("dashboard.team");
  const { message } = App.useApp();
  const { changeRole } = useTeamActions();
  const submit = async ({ role }: { role: string }) => {
    const changed = await changeRole.mutateAsync({ id: member.id, role }).catch(() => undefined);
    if (!changed) return;
    message.success(t("saved"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("changeTitle", { name: member.name })}
      onCancel={onClose}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "change-role", loading: changeRole.isPending }}
    >
      <Form<{ role: string }>
        id="change-role"
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: member.role }}
        onFinish={submit}
      >
        {changeRole.error && (
          <Form.Item>
            <ProblemAlert error={changeRole.error} />
          </Form.Item>
        )}
        <RoleField />
      </Form>
    </Modal>
  );
}

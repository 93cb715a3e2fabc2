"use client";

import { App, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type Role, useRoleActions } from "../api/roles.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";

export function DeleteRoleModal({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useTranslations("dashboard.roles");
  const { message } = App.useApp();
  const { remove } = useRoleActions();
  const submit = async () => {
    const gone = await remove.mutateAsync(role.id).catch(() => undefined);
    if (!gone) return;
    message.success(t("deleted", { name: role.name }));
    onClose();
  };
  return (
    <Modal
      open
      title={t("delete", { name: role.name })}
      onCancel={onClose}
      onOk={submit}
      okText={t("deleteConfirm")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true, loading: remove.isPending }}
    >
      {remove.error && <ProblemAlert error={remove.error} />}
      <p>{t("deleteConsequence")}</p>
    </Modal>
  );
}

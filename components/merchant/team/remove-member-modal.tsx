"use client";

import { App, Modal } from "antd";
import { useTranslations } from "next-intl";
import { type Member, useTeamActions } from "../api/team.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./team.module.css";

export function RemoveMemberModal({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useTranslations("dashboard.team");
  const { message } = App.useApp();
  const { merchant } = useSession();
  const { remove } = useTeamActions();
  const submit = async () => {
    const gone = await remove.mutateAsync(member.id).catch(() => undefined);
    if (!gone) return;
    message.success(t("removed"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("removeTitle", { name: member.name })}
      onCancel={onClose}
      onOk={submit}
      okText={t("remove")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true, loading: remove.isPending }}
    >
      {remove.error && <ProblemAlert error={remove.error} />}
      <p className={styles.consequence}>
        {t("removeConsequence", { name: `${member.name} (${member.email})`, merchant: merchant.name })}
      </p>
    </Modal>
  );
}

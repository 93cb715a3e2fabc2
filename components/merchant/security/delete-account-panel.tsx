"use client";

import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMyActions } from "../api/me.ts";
import { Panel } from "../pieces/page-head.tsx";
import { PasswordModal } from "./password-modals.tsx";
import styles from "./security.module.css";

export function DeleteAccountPanel() {
  const t = useTranslations("dashboard.security.delete");
  const [isOpen, setOpen] = useState(false);
  const { deleteAccount } = useMyActions();
  const close = () => {
    setOpen(false);
    deleteAccount.reset();
  };
  return (
    <Panel title={t("title")}>
      <p className={styles.state}>{t("text")}</p>
      <Button danger onClick={() => setOpen(true)}>
        {t("action")}
      </Button>
      {isOpen && (
        <PasswordModal
          title={t("title")}
          consequence={t("text")}
          okText={t("confirm")}
          isDangerous
          error={deleteAccount.error}
          isPending={deleteAccount.isPending}
          // The session is gone with the account: a page that asks for nothing else is the only one left.
          onProof={({ password }) => deleteAccount.mutate(password, { onSuccess: () => location.assign("/") })}
          onClose={close}
        />
      )}
    </Panel>
  );
}

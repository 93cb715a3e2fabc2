"use client";

import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SsoConnection } from "../api/sso.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { useRoleName } from "../team/role-names.ts";
import { ProviderForm } from "./provider-form.tsx";
import { RemoveModal } from "./remove-modal.tsx";
import styles from "./sso.module.css";

export function ProviderPanel({ saved, isOwner }: { saved: SsoConnection; isOwner: boolean }) {
  const t = useTranslations("dashboard.sso");
  const nameOf = useRoleName();
  const [isRemoving, setRemoving] = useState(false);
  return (
    <Panel
      title={t("provider")}
      action={
        isOwner &&
        saved.configured && (
          <Button size="small" danger onClick={() => setRemoving(true)}>
            {t("remove")}
          </Button>
        )
      }
    >
      {isOwner ? (
        <>
          <p className={styles.help}>{t("redirectHelp")}</p>
          <p className={styles.redirect}>
            <Copyable text={saved.redirect_uri} what={t("redirect")} />
          </p>
          {/* Anew once it was saved or removed: the form begins with what is kept. */}
          <ProviderForm key={saved.updated_at} saved={saved} />
        </>
      ) : saved.configured ? (
        <Facts
          facts={[
            [t("issuer"), saved.issuer],
            [t("clientId"), saved.client_id],
            [t("role"), nameOf(saved.default_role)],
          ]}
        />
      ) : (
        <p className={styles.help}>{t("notConfigured")}</p>
      )}
      {isRemoving && <RemoveModal onClose={() => setRemoving(false)} />}
    </Panel>
  );
}

"use client";

import { Alert } from "antd";
import { useTranslations } from "next-intl";
import { useMe } from "../../merchant/api/me.ts";
import { PageHead } from "../../merchant/pieces/page-head.tsx";
import { SecondFactorPanel } from "../../merchant/security/second-factor-panel.tsx";
import { SessionsPanel } from "../../merchant/security/sessions-panel.tsx";
import { OwnAccount } from "./own-account.tsx";

/** How an operator signs in. */
export function AccountPage() {
  const t = useTranslations("console.account");
  return (
    <OwnAccount>
      <PageHead title={t("title")} note={t("note")} />
      <RequiredNote />
      <SecondFactorPanel />
      <SessionsPanel />
    </OwnAccount>
  );
}

function RequiredNote() {
  const t = useTranslations("console.account");
  const { data } = useMe();
  return data?.second_factor_required ? <Alert type="info" showIcon title={t("required")} /> : null;
}

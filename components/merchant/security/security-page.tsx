"use client";

import { useTranslations } from "next-intl";
import { PageHead } from "../pieces/page-head.tsx";
import { useSession } from "../session.tsx";
import { DeleteAccountPanel } from "./delete-account-panel.tsx";
import { PasskeysPanel } from "./passkeys-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { SecondFactorPanel } from "./second-factor-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";

/** How a person signs in; each part stands by itself. */
export function SecurityPage() {
  const t = useTranslations("dashboard.security");
  const { person } = useSession();
  if (person.ssoMerchantId) return <PageHead title={t("title")} note={t("bySso")} />;
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <PasskeysPanel />
      <SecondFactorPanel />
      <SessionsPanel />
      <PasswordPanel />
      <DeleteAccountPanel />
    </>
  );
}

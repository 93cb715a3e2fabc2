"use client";

import { useTranslations } from "next-intl";
import { AccountApiProvider } from "../api/account-api.tsx";
import { useApi } from "../api/use-api.ts";
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
  const { api } = useApi();
  if (person.ssoMerchantId) return <PageHead title={t("title")} note={t("bySso")} />;
  return (
    <AccountApiProvider value={{ api, path: "/v1/me", wantsCode: false }}>
      <PageHead title={t("title")} note={t("note")} />
      <PasskeysPanel />
      <SecondFactorPanel />
      <SessionsPanel />
      <PasswordPanel />
      <DeleteAccountPanel />
    </AccountApiProvider>
  );
}

"use client";

import { Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useSettings } from "../api/settings.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { SettingsForm } from "./settings-form.tsx";

export function SettingsPage() {
  const t = useTranslations("dashboard.settings");
  const { settings } = useSettings();
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Panel>
        {settings.data ? (
          <SettingsForm saved={settings.data} />
        ) : settings.error ? (
          <ProblemAlert error={settings.error} onRetry={settings.refetch} />
        ) : (
          <Skeleton active />
        )}
      </Panel>
    </>
  );
}

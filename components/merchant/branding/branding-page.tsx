"use client";

import { Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useBranding } from "../api/settings.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { BrandingEditor } from "./branding-editor.tsx";

/** How the merchant's checkout looks. */
export function BrandingPage() {
  const t = useTranslations("dashboard.branding");
  const { branding } = useBranding();
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {branding.data ? (
        <BrandingEditor saved={branding.data} />
      ) : (
        <Panel>
          {branding.error ? <ProblemAlert error={branding.error} onRetry={branding.refetch} /> : <Skeleton active />}
        </Panel>
      )}
    </>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { usePrivacyRequests } from "../api/privacy.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { RequestForm } from "./request-form.tsx";
import { RequestList } from "./request-list.tsx";

const pageSize = 25;

/** What shoppers may ask of the merchant about their own data: to see it, and to have it erased. */
export function PrivacyPage() {
  const t = useTranslations("dashboard.privacy");
  const { can } = useSession();
  const filter = useUrlFilter([] as const);
  const result = usePrivacyRequests({ limit: pageSize, starting_after: filter.after });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {can("privacy:write") && (
        <Panel title={t("newTitle")}>
          <RequestForm />
        </Panel>
      )}
      <Panel title={t("requests")} isFlush>
        <RequestList result={result} paging={filter} />
      </Panel>
    </>
  );
}

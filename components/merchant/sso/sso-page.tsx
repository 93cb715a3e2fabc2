"use client";

import { Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useSso } from "../api/sso.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { DomainsPanel } from "./domains-panel.tsx";
import { ProviderPanel } from "./provider-panel.tsx";
import { RequiredPanel } from "./required-panel.tsx";

/** The merchant's own provider: what it is, for whom it speaks, and whether it is the only way in. */
export function SsoPage() {
  const t = useTranslations("dashboard.sso");
  const { role } = useSession();
  const { data, error, refetch } = useSso();
  const isOwner = role === "owner";
  return (
    <>
      <PageHead title={t("title")} note={t(isOwner ? "note" : "ownersOnly")} />
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {!data && !error && (
        <Panel>
          <Skeleton active />
        </Panel>
      )}
      {data && (
        <>
          <ProviderPanel saved={data} isOwner={isOwner} />
          <DomainsPanel domains={data.domains} isOwner={isOwner} />
          {data.configured && <RequiredPanel saved={data} isOwner={isOwner} />}
        </>
      )}
    </>
  );
}

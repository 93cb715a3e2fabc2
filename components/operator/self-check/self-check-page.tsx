"use client";

import { CheckCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { RawData } from "../../merchant/pieces/raw-data.tsx";
import { useOperatorApi } from "../api/use-api.ts";
import styles from "./self-check.module.css";

interface SelfCheck {
  readonly checked_at: string;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: "error" | "warning";
    readonly text: string;
  }[];
  readonly page_checks: readonly {
    readonly page: string;
    readonly checked_at: string;
    readonly changes: readonly { readonly code: string; readonly subject: string }[];
  }[];
  readonly violations: readonly {
    readonly page: string;
    readonly directive: string;
    readonly blocked: string;
    readonly count: number;
    readonly last_at: string;
  }[];
  readonly scripts: readonly {
    readonly page: string;
    readonly source: string;
    readonly owner: string;
    readonly reason: string;
    readonly sha384: string | null;
  }[];
}

/** What is misconfigured or left undone, in plain words, with how to mend it. */
export function SelfCheckPage() {
  const t = useTranslations("console.selfCheck");
  const api = useOperatorApi();
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["self-check"],
    queryFn: ({ signal }) => api.get<SelfCheck>("/v1/operator/self_check", {}, signal),
  });
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          <Button loading={isFetching} onClick={() => void refetch()}>
            {t("again")}
          </Button>
        }
      />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active />}
      {data && (
        <>
          <Panel title={t("platform")}>
            {data.findings.length === 0 ? (
              <p className={styles.well}>
                <CheckCircleOutlined aria-hidden /> {t("well")}
              </p>
            ) : (
              <ul className={styles.findings}>
                {data.findings.map((finding) => (
                  <li key={`${finding.code} ${finding.text}`}>
                    <Alert type={finding.severity} showIcon title={finding.text} />
                  </li>
                ))}
              </ul>
            )}
            <p className={styles.when}>
              {t("checked")} <Moment at={data.checked_at} isExact />
            </p>
          </Panel>
          <Panel title={t("pages")}>
            <PageChecks check={data} />
          </Panel>
          <Panel title={t("scripts")}>
            {data.scripts.length === 0 ? (
              <Empty title={t("noScripts")} />
            ) : (
              <>
                <ul className={styles.scripts}>
                  {data.scripts.map((script) => (
                    <li key={`${script.page} ${script.source} ${script.sha384}`}>
                      <code>{script.source}</code>
                      <span>
                        {script.page} · {script.owner} · {script.reason}
                      </span>
                    </li>
                  ))}
                </ul>
                <RawData data={data.scripts} />
              </>
            )}
          </Panel>
        </>
      )}
    </>
  );
}

/** What the watch over the payment pages found, and what browsers reported. */
function PageChecks({ check }: { check: SelfCheck }) {
  const t = useTranslations("console.selfCheck");
  const changed = check.page_checks.filter(({ changes }) => changes.length > 0);
  const latest = check.page_checks[0];
  return (
    <>
      {!latest && <p className={styles.when}>{t("noPages")}</p>}
      {latest && changed.length === 0 && check.violations.length === 0 && (
        <p className={styles.well}>
          <CheckCircleOutlined aria-hidden /> {t("noChanges")}
        </p>
      )}
      <ul className={styles.findings}>
        {changed.map(({ page, checked_at, changes }) => (
          <li key={`${page} ${checked_at}`}>
            <Alert
              type="error"
              showIcon
              title={
                <>
                  {page} · <Moment at={checked_at} isExact />
                </>
              }
              description={changes.map(({ code, subject }) => `${code}: ${subject}`).join(", ")}
            />
          </li>
        ))}
        {check.violations.map(({ page, directive, blocked, count, last_at }) => (
          <li key={`${page} ${directive} ${blocked}`}>
            <Alert
              type="warning"
              showIcon
              title={t("violation", { page, directive, count })}
              description={
                <>
                  <code>{blocked}</code> · <Moment at={last_at} />
                </>
              }
            />
          </li>
        ))}
      </ul>
      {latest && (
        <p className={styles.when}>
          {t("checked")} <Moment at={latest.checked_at} isExact />
        </p>
      )}
    </>
  );
}

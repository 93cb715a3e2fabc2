"use client";

import { Button, Drawer, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Parameter, type ParameterChange, useParameterHistory } from "../api/parameters.ts";
import styles from "./parameters.module.css";
import { ParameterValue } from "./value.tsx";
import { useParameterWords } from "./words.ts";

/** Who changed a parameter, when, from what to what, and why. */
export function HistoryDrawer({ parameter, onClose }: { parameter: Parameter; onClose: () => void }) {
  const t = useTranslations("console.parameters.history");
  const words = useParameterWords();
  return (
    <Drawer open title={t("title", { name: words.name(parameter.id) })} size={520} onClose={onClose}>
      <Changes name={parameter.id} />
    </Drawer>
  );
}

function Changes({ name }: { name: string }) {
  const t = useTranslations("console.parameters.history");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useParameterHistory(name);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const changes = data.pages.flatMap((page) => page.data);
  if (changes.length === 0) return <Empty title={t("none")} />;
  return (
    <>
      <ol className={styles.changes}>
        {changes.map((change) => (
          <Change key={change.id} change={change} />
        ))}
      </ol>
      {error && <ProblemAlert error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </>
  );
}

function Change({ change }: { change: ParameterChange }) {
  const t = useTranslations("console.parameters.history");
  return (
    <li>
      <p>
        <strong>
          <Moment at={change.approved_at ?? change.proposed_at} isExact />
        </strong>{" "}
        <Link href={`/console/approvals/${change.id}`} prefetch={false}>
          {t("approval")}
        </Link>
      </p>
      <dl>
        <dt>{t("from")}</dt>
        <dd>
          <ParameterValue value={change.from} />
        </dd>
        <dt>{t("to")}</dt>
        <dd>
          <ParameterValue value={change.to} />
        </dd>
        <dt>{t("proposedBy")}</dt>
        <dd>
          {change.proposed_by.name}
          <span>{change.reason}</span>
        </dd>
        {change.approved_by && (
          <>
            <dt>{t("approvedBy")}</dt>
            <dd>
              {change.approved_by.name}
              {change.approval_reason && <span>{change.approval_reason}</span>}
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

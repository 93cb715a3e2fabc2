"use client";

import { Alert, Button } from "antd";
import { useTranslations } from "next-intl";
import { ApiProblem } from "../api/problem.ts";
import { Copyable } from "./copy-button.tsx";

/** What went wrong in the API's words, and the id to quote; `onRetry` where trying again makes sense. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTranslations("dashboard.problem");
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={problem?.message || t("unreachable")}
      description={
        problem?.requestId && (
          <>
            {t("requestId")} <Copyable text={problem.requestId} what={t("requestId")} />
          </>
        )
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    />
  );
}

"use client";

import { Button } from "antd";
import { useTranslations } from "next-intl";
import { CopyCode } from "#components/site/copy-code";
import { useApiKeyActions } from "../api/api-keys.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./orders.module.css";

/** How the first order comes about by API: the command, in test mode with a key of one's own if wanted. */
export function FirstOrder() {
  const t = useTranslations("dashboard.orders");
  const first = useTranslations("dashboard.firstPayment");
  const copy = useTranslations("dashboard.copy");
  const { mode, can } = useSession();
  const { create } = useApiKeyActions();
  const code = [
    `curl -s ${typeof location === "undefined" ? "" : location.origin}/v1/orders \\`,
    `  -H "Authorization: Bearer ${create.data?.key ?? `sk_${mode}_…`}" \\`,
    `  -H "Idempotency-Key: first-order" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"merchant_order_no":"SO-1","amount":8800,"currency":"CNY","subject":"Jasmine tea"}'`,
  ].join("\n");
  return (
    <>
      <p>{t(mode === "test" ? "firstTest" : "firstLive")}</p>
      <div className={styles.code}>
        <CopyCode code={code} label={t("createOrder")} copy={copy("plain")} copied={copy("done")} />
      </div>
      {create.error && <ProblemAlert error={create.error} />}
      {create.data ? (
        <p role="status">{first("keyOnce")}</p>
      ) : (
        mode === "test" &&
        can("api_keys:write") && (
          <Button
            type="link"
            loading={create.isPending}
            onClick={() => create.mutate({ kind: "secret", label: first("keyLabel") })}
          >
            {first("makeKey")}
          </Button>
        )
      )}
    </>
  );
}

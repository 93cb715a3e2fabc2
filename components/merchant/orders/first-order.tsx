"use client";

import { useTranslations } from "next-intl";
import { CopyCode } from "#components/site/copy-code";
import { useSession } from "../session.tsx";
import styles from "./orders.module.css";

/** How the first order comes about, for a list that has none. */
export function FirstOrder() {
  const t = useTranslations("dashboard.orders");
  const copy = useTranslations("dashboard.copy");
  const { mode } = useSession();
  const code = [
    `curl -s ${typeof location === "undefined" ? "" : location.origin}/v1/orders \\`,
    `  -H "Authorization: Bearer sk_${mode}_…" \\`,
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
    </>
  );
}

"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { FaultThatIsSet } from "../api/sandbox.ts";
import styles from "./sandbox.module.css";

export function FaultList({ faults }: { faults: readonly FaultThatIsSet[] }) {
  const t = useTranslations("dashboard.sandbox.faults");
  if (faults.length === 0) return <p className={styles.healthy}>{t("none")}</p>;
  return (
    <ul className={styles.faults} aria-label={t("set")}>
      {faults.map((fault, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two faults may be alike, and the list is read anew each time
        <li key={index}>
          <strong>{t(`kinds.${fault.kind}.name`)}</strong>
          <Details fault={fault} />
        </li>
      ))}
    </ul>
  );
}

function Details({ fault }: { fault: FaultThatIsSet }) {
  const t = useTranslations("dashboard.sandbox.faults");
  const format = useFormatter();
  const details = [
    fault.operation !== "any" && t(`operations.${fault.operation}`),
    fault.remaining === null ? t("lasting") : t("remaining", { count: fault.remaining }),
    fault.delay_ms && t("delayOf", { seconds: format.number(fault.delay_ms / 1_000) }),
    fault.amount && t("amountOf", { amount: format.number(fault.amount) }),
    fault.reference && t("only", { reference: fault.reference }),
  ];
  return <span>{details.filter(Boolean).join(" · ")}</span>;
}

"use client";

import { useTranslations } from "next-intl";
import { Empty } from "../pieces/empty.tsx";
import { PageHead } from "../pieces/page-head.tsx";
import { useSession } from "../session.tsx";
import { ClockPanel } from "./clock-panel.tsx";
import { FaultPanel } from "./fault-panel.tsx";
import { OrderPanel } from "./order-panel.tsx";
import styles from "./sandbox.module.css";

/** Drives the simulated providers: what the test shopper does, and what goes wrong. */
export function SandboxPage() {
  const t = useTranslations("dashboard.sandbox");
  const { mode } = useSession();
  if (mode === "live") {
    return (
      <>
        <PageHead title={t("title")} />
        <Empty title={t("testOnly")}>
          <p>{t("testOnlyHelp")}</p>
        </Empty>
      </>
    );
  }
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <div className={styles.columns}>
        <div>
          <OrderPanel />
          <ClockPanel />
        </div>
        <div>
          <FaultPanel />
        </div>
      </div>
    </>
  );
}

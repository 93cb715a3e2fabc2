"use client";

import { Tabs } from "antd";
import { useTranslations } from "next-intl";
import { PageHead } from "../../merchant/pieces/page-head.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { FiringPanel } from "./firing-panel.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { ReceiversPanel } from "./receivers-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import { SilencesPanel } from "./silences-panel.tsx";

const tabs = { rules: RulesPanel, history: HistoryPanel, receivers: ReceiversPanel, silences: SilencesPanel } as const;
type Tab = keyof typeof tabs;

/** What fires on top; below it what is watched, what was, and who is told. */
export function AlertsPage() {
  const t = useTranslations("console.alerts");
  const filter = useUrlFilter(["tab"]);
  const names = Object.keys(tabs) as Tab[];
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <FiringPanel />
      <Tabs
        activeKey={names.find((name) => name === filter.values.tab) ?? "rules"}
        onChange={(tab) => filter.set({ tab })}
        destroyOnHidden
        items={names.map((name) => {
          const Panel = tabs[name];
          return { key: name, label: t(`tabs.${name}`), children: <Panel /> };
        })}
      />
    </>
  );
}

"use client";

import { Button } from "antd";
import { useTranslations } from "next-intl";
import { Empty } from "./empty.tsx";

export function NothingFound({ onClear }: { onClear: () => void }) {
  const t = useTranslations("dashboard.list");
  return (
    <Empty title={t("nothingFound")}>
      <Button onClick={onClear}>{t("clear")}</Button>
    </Empty>
  );
}

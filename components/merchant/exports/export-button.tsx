"use client";

import { ExportOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ExportedList } from "#lib/exports/columns";
import type { Query } from "../api/client.ts";
import { useSession } from "../session.tsx";
import { ExportModal } from "./export-modal.tsx";

/** Puts what a list shows into a file; `filters` are those of the list's route. */
export function ExportButton({ list, filters }: { list: ExportedList; filters: Query }) {
  const t = useTranslations("dashboard.exports");
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  if (!can("exports:write")) return null;
  return (
    <>
      <Button icon={<ExportOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t("export")}
      </Button>
      {isOpen && <ExportModal list={list} filters={given(filters)} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Without what only pages a list. */
function given(filters: Query): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) =>
      value === undefined || value === "" || name === "limit" || name === "starting_after"
        ? []
        : [[name, String(value)]],
    ),
  );
}

"use client";

import { SearchOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { Palette } from "./palette.tsx";
import styles from "./search.module.css";
import { useShortcuts } from "./use-shortcuts.ts";

/** The search field of the top bar, with everything that the keyboard does on every page. */
export function QuickSearch() {
  const t = useTranslations("dashboard.search");
  const [open, setOpen] = useState<"palette" | "help" | undefined>();
  useShortcuts({ search: () => setOpen("palette"), help: () => setOpen("help") });
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen("palette")}
      >
        <SearchOutlined aria-hidden /> <span>{t("button")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Palette isOpen={open === "palette"} onClose={() => setOpen(undefined)} onHelp={() => setOpen("help")} />
      <KeyboardHelp isOpen={open === "help"} onClose={() => setOpen(undefined)} />
    </>
  );
}

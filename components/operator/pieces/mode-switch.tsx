"use client";

import { Segmented } from "antd";
import { useTranslations } from "next-intl";
import type { World } from "../api/overview.ts";
import { useConsole } from "../session.tsx";

const worlds = ["live", "test"] as const;

/** The mode that an address names, or the one that the console opens in. */
export function useMode(named: string | undefined): World {
  const { firstMode } = useConsole();
  return worlds.find((world) => world === named) ?? firstMode;
}

export function ModeSwitch({ mode, onChange }: { mode: World; onChange: (mode: World) => void }) {
  const t = useTranslations("console.mode");
  return (
    <Segmented
      aria-label={t("label")}
      value={mode}
      options={worlds.map((value) => ({ value, label: t(value) }))}
      onChange={onChange}
    />
  );
}

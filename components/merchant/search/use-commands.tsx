"use client";

import {
  BgColorsOutlined,
  ExperimentOutlined,
  GlobalOutlined,
  PlusOutlined,
  QuestionCircleOutlined,
} from "@ant-design/icons";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { localeCookie } from "#lib/kernel/locale";
import { languageNames } from "../../site/language-switch.tsx";
import { keepPreference } from "../../site/preferences.ts";
import { useCreateTestOrder } from "../api/test-order.ts";
import { useAppearance } from "../appearance.tsx";
import { useSession } from "../session.tsx";
import { hrefOf, navigation } from "../shell/navigation.ts";

export interface Command {
  readonly key: string;
  readonly icon: ReactNode;
  readonly name: string;
  /** Keys that do the same. */
  readonly keys?: readonly string[] | undefined;
  run(): void;
}

/** Every page that the person may open. */
export function usePages(): Command[] {
  const t = useTranslations("dashboard.navigation");
  const { can } = useSession();
  const router = useRouter();
  return navigation
    .flatMap(({ entries }) => [...entries])
    .filter((entry) => can(entry.permission))
    .map((entry) => ({
      key: `page:${entry.key}`,
      icon: <entry.icon aria-hidden />,
      name: t(entry.key),
      keys: "letter" in entry && entry.letter ? ["g", entry.letter] : undefined,
      run: () => router.push(hrefOf(entry.key)),
    }));
}

/** What can be done from anywhere. */
export function useActions(openHelp: () => void): Command[] {
  const t = useTranslations("dashboard.search.actions");
  const { mode, setMode, can } = useSession();
  const { scheme, setTheme } = useAppearance();
  const locale = useLocale();
  const router = useRouter();
  const order = useCreateTestOrder(({ id }) => router.push(`/dashboard/orders/${id}`));
  const otherMode = mode === "test" ? "live" : "test";
  const createOrder: Command = {
    key: "create",
    icon: <PlusOutlined aria-hidden />,
    name: t("createTestOrder"),
    run: () => order.mutate(t("testOrder")),
  };
  return [
    ...(mode === "test" && can("orders:write") ? [createOrder] : []),
    {
      key: "mode",
      icon: <ExperimentOutlined aria-hidden />,
      name: t(`mode.${otherMode}`),
      run: () => {
        setMode(otherMode);
        router.push("/dashboard");
      },
    },
    {
      key: "theme",
      icon: <BgColorsOutlined aria-hidden />,
      name: t(scheme === "dark" ? "theme.light" : "theme.dark"),
      run: () => setTheme(scheme === "dark" ? "light" : "dark"),
    },
    ...Object.entries(languageNames)
      .filter(([key]) => key !== locale)
      .map(([key, name]) => ({
        key: `language:${key}`,
        icon: <GlobalOutlined aria-hidden />,
        name: t("language", { name }),
        run: () => {
          keepPreference(localeCookie, key);
          location.reload();
        },
      })),
    { key: "help", icon: <QuestionCircleOutlined aria-hidden />, name: t("help"), keys: ["?"], run: openHelp },
  ];
}

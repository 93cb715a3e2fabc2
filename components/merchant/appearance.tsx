"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Scheme, Theme } from "../site/appearance.ts";
import { keepPreference } from "../site/preferences.ts";
import { useMedia } from "./pieces/use-media.ts";

export interface AppearanceChoice {
  readonly theme: Theme;
  readonly scheme: Scheme;
  setTheme(theme: Theme): void;
}

const AppearanceContext = createContext<AppearanceChoice | undefined>(undefined);

/** Light, dark, or as the system has it; follows the system while that is the choice. */
export function AppearanceProvider(props: { theme: Theme; scheme: Scheme; children: ReactNode }) {
  const [theme, setTheme] = useState(props.theme);
  const isDark = useMedia("(prefers-color-scheme: dark)", props.scheme === "dark");
  const system = isDark ? "dark" : "light";
  const scheme = theme === "system" ? system : theme;

  useEffect(() => keepPreference("scheme", system), [system]);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = theme;
  }, [theme]);

  const choice = useMemo<AppearanceChoice>(
    () => ({
      theme,
      scheme,
      setTheme(next) {
        keepPreference("theme", next);
        setTheme(next);
      },
    }),
    [theme, scheme],
  );
  return <AppearanceContext value={choice}>{props.children}</AppearanceContext>;
}

export function useAppearance(): AppearanceChoice {
  const choice = useContext(AppearanceContext);
  if (!choice) throw new Error("no AppearanceProvider above");
  return choice;
}

"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { keepPreference } from "../site/preferences.ts";

type Theme = "system" | "light" | "dark";
type Scheme = "light" | "dark";

export interface AppearanceChoice {
  readonly theme: Theme;
  readonly scheme: Scheme;
  setTheme(theme: Theme): void;
}

const AppearanceContext = createContext<AppearanceChoice | undefined>(undefined);

/** Light, dark, or as the system has it; follows the system while that is the choice. */
export function AppearanceProvider(props: { theme: Theme; scheme: Scheme; children: ReactNode }) {
  const [theme, setTheme] = useState(props.theme);
  const [system, setSystem] = useState<Scheme>(props.scheme);
  const scheme = theme === "system" ? system : theme;

  useEffect(() => {
    const media = matchMedia("(prefers-color-scheme: dark)");
    const note = () => {
      setSystem(media.matches ? "dark" : "light");
      keepPreference("scheme", media.matches ? "dark" : "light");
    };
    note();
    media.addEventListener("change", note);
    return () => media.removeEventListener("change", note);
  }, []);
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
  }, [scheme]);

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

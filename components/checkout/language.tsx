"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Texts } from "./texts.ts";

export interface Language {
  readonly locale: string;
  readonly texts: Texts;
}

const LanguageContext = createContext<Language | undefined>(undefined);

/** Hands the shopper's sentences to every part of the page that runs in the browser. */
export function LanguageProvider({ value, children }: { value: Language; children: ReactNode }) {
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("outside of LanguageProvider");
  return language;
}

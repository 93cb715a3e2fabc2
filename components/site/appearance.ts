import { cookies } from "next/headers";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export type Scheme = "light" | "dark";

/** `theme` is the reader's choice; `scheme` what the system showed last, so that the server can draw it at once. */
export const themeCookie = "theme";
export const schemeCookie = "scheme";

export interface Appearance {
  readonly theme: Theme;
  readonly scheme: Scheme;
}

export async function pageAppearance(): Promise<Appearance> {
  const jar = await cookies();
  const theme = themes.find((name) => name === jar.get(themeCookie)?.value) ?? "system";
  if (theme !== "system") return { theme, scheme: theme };
  return { theme, scheme: jar.get(schemeCookie)?.value === "dark" ? "dark" : "light" };
}

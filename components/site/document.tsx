import type { ReactNode } from "react";
import type { Locale } from "#lib/kernel/locale";
import { type Appearance, schemeCookie } from "./appearance.ts";
import { paletteCss } from "./palette-css.ts";

/** Notes the system's light or dark for the next page, which the server then draws right at once. */
const noteScheme = `document.cookie="${schemeCookie}="+(matchMedia("(prefers-color-scheme:dark)").matches?"dark":"light")+";path=/;max-age=31536000;samesite=lax"`;

/** The `<html>` of every page but the checkout's and the sandbox's. */
export function Document(props: { locale: Locale; appearance: Appearance; children: ReactNode }) {
  const { theme, scheme, isKnown } = props.appearance;
  return (
    <html lang={props.locale} data-scheme={theme !== "system" || isKnown ? scheme : undefined} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant */}
        <style dangerouslySetInnerHTML={{ __html: paletteCss }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant */}
        <script dangerouslySetInnerHTML={{ __html: noteScheme }} />
      </head>
      <body>{props.children}</body>
    </html>
  );
}

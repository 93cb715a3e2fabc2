import { headers } from "next/headers";
import type { ReactNode } from "react";
import { light } from "#lib/design/tokens";
import type { Locale } from "#lib/kernel/locale";
import { type Appearance, schemeCookie } from "./appearance.ts";
import { paletteCss } from "./palette-css.ts";

/** Notes the system's light or dark for the next page, which the server then draws right at once. */
const noteScheme = `document.cookie="${schemeCookie}="+(matchMedia("(prefers-color-scheme:dark)").matches?"dark":"light")+";path=/;max-age=31536000;samesite=lax"`;

const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="${light.brand}"/><g fill="none" stroke="${light.onBrand}" stroke-width="2.2"><circle cx="9.4" cy="12" r="4"/><circle cx="14.6" cy="12" r="4"/></g></svg>`,
)}`;

/** The `<html>` of every page but the checkout's and the sandbox's. React moves the icon into the head. */
export async function Document(props: { locale: Locale; appearance: Appearance; children: ReactNode }) {
  const { theme } = props.appearance;
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang={props.locale} data-scheme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      {/* biome-ignore lint/style/noHeadElement: this is the document, where next/head has no say */}
      <head>
        {/* Without `precedence`: a style that React moves by itself loses its nonce. */}
        <style nonce={nonce} suppressHydrationWarning>
          {paletteCss}
        </style>
      </head>
      <body>
        <link rel="icon" href={icon} />
        {/* A browser hides the nonce of a script that it has taken, which hydration would take for a difference. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: noteScheme }} />
        {props.children}
      </body>
    </html>
  );
}

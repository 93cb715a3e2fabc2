import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LanguageProvider } from "#components/checkout/language";
import { cssVariables } from "#lib/design/tokens";
import { textsIn } from "./language.ts";
import "./checkout.css";

export const metadata: Metadata = {
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, address: false, email: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** The product's own colours for buttons, until a merchant's page sets its own. */
const accent = ":root{--accent:var(--brand);--on-accent:var(--on-brand)}";

/** The shopper's pages: tokens as CSS variables, and nothing of the dashboards. */
export default async function CheckoutLayout({ children }: { children: ReactNode }) {
  const given = await headers();
  const { locale, texts } = textsIn(given);
  const nonce = given.get("x-nonce") ?? undefined;
  return (
    <html lang={locale} dir="ltr">
      <head>
        <style nonce={nonce}>{cssVariables + accent}</style>
      </head>
      <body>
        <LanguageProvider value={{ locale, texts }}>{children}</LanguageProvider>
      </body>
    </html>
  );
}

import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LanguageProvider } from "#components/checkout/language";
import { cssVariables } from "#lib/design/tokens";
import { textsIn } from "./language.ts";
import "./checkout.css";

/** A coin in the product's colour; nothing has to be fetched for it. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%233D5AFE'/%3E%3Cpath d='M5 8.2l2 2 4-4.4' fill='none' stroke='white' stroke-width='1.6'/%3E%3C/svg%3E";

export const metadata: Metadata = {
  icons: icon,
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

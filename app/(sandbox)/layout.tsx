import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { negotiateLocale } from "#lib/kernel/locale";
import "./sandbox.css";

export const metadata: Metadata = { title: "Sandbox", robots: { index: false, follow: false } };

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

/** The simulated wallets, banks and their pages: nothing of the product's own look. */
export default async function SandboxLayout({ children }: { children: ReactNode }) {
  const locale = negotiateLocale((await headers()).get("accept-language"));
  return (
    <html lang={locale}>
      <body>{children}</body>
    </html>
  );
}

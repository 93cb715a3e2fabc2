import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#components/merchant/providers";
import { ToSignIn } from "#components/merchant/to-sign-in";
import { Document } from "#components/site/document";
import { openDashboard } from "#lib/access/open-dashboard";
import { pageAppearance } from "../../components/site/appearance.ts";
import { pageLocale } from "../../i18n/locale.ts";
import { messagesFor } from "../../i18n/messages.ts";
import { translator } from "../../i18n/translator.ts";
import "../../components/merchant/dashboard.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = translator(await pageLocale(), "dashboard");
  return { title: { default: t("title"), template: `%s · ${t("title")}` }, robots: { index: false, follow: false } };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** Opens the dashboard of the signed-in person; the data itself comes from /v1, which asks again who is calling. */
export default async function MerchantLayout({ children }: { children: ReactNode }) {
  const [locale, appearance, jar, head] = await Promise.all([pageLocale(), pageAppearance(), cookies(), headers()]);
  const dashboard = await openDashboard(head.get("cookie"), jar.get("merchant")?.value);
  return (
    <Document locale={locale} appearance={appearance}>
      {dashboard ? (
        <Providers
          locale={locale}
          messages={{ dashboard: messagesFor(locale).dashboard }}
          theme={appearance.theme}
          scheme={appearance.scheme}
          dashboard={dashboard}
          mode={jar.get("mode")?.value === "live" ? "live" : "test"}
        >
          {children}
        </Providers>
      ) : (
        <ToSignIn text={translator(locale, "signIn")("title")} />
      )}
    </Document>
  );
}

import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ToSignIn } from "#components/merchant/to-sign-in";
import { ConsoleProviders } from "#components/operator/providers";
import { Document } from "#components/site/document";
import { openConsole } from "#lib/operator/open-console";
import { pageAppearance } from "../../../../components/site/appearance.ts";
import { pageLocale } from "../../../../i18n/locale.ts";
import { messagesFor } from "../../../../i18n/messages.ts";
import { translator } from "../../../../i18n/translator.ts";
import "../../../../components/merchant/dashboard.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = translator(await pageLocale(), "console");
  return { title: { default: t("title"), template: `%s · ${t("title")}` }, robots: { index: false, follow: false } };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** Opens the console of the signed-in operator; the data itself comes from /v1/operator, which asks again who is calling. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [locale, appearance, head] = await Promise.all([pageLocale(), pageAppearance(), headers()]);
  const open = await openConsole(head.get("cookie"));
  const { dashboard, console } = messagesFor(locale);
  return (
    <Document locale={locale} appearance={appearance}>
      {open ? (
        <ConsoleProviders
          locale={locale}
          messages={{ dashboard, console }}
          theme={appearance.theme}
          scheme={appearance.scheme}
          console={open}
        >
          {children}
        </ConsoleProviders>
      ) : (
        <ToSignIn at="/console/sign-in" text={translator(locale, "signIn")("operator.title")} />
      )}
    </Document>
  );
}

import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Document } from "#components/site/document";
import { pageAppearance } from "../../../../components/site/appearance.ts";
import { pageLocale } from "../../../../i18n/locale.ts";
import "../../../../components/site/site.css";
import "../../../../components/site/sign-in.css";

export const metadata: Metadata = {
  title: { default: "GlobalPayLink", template: "%s · GlobalPayLink" },
  robots: { index: false, follow: false },
};

export default async function OperatorSignInLayout({ children }: { children: ReactNode }) {
  return (
    <Document locale={await pageLocale()} appearance={await pageAppearance()}>
      {children}
    </Document>
  );
}

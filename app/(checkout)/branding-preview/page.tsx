import type { Metadata } from "next";
import { BrandingPreview } from "#components/checkout/branding-preview";
import { catalogues, languageNames } from "../language.ts";

export const metadata: Metadata = { title: "Preview", robots: { index: false, follow: false } };

/** Stands in a frame of the dashboard's branding page; alone it is empty. */
export default function Page() {
  return <BrandingPreview catalogues={catalogues} names={languageNames} />;
}

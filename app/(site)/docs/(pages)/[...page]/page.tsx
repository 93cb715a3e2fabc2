import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ContentPage } from "#components/docs/content-page";
import { env } from "#lib/kernel/env";
import { contentPages } from "../../../../../components/docs/pages/all-pages.ts";
import { pageLocale } from "../../../../../i18n/locale.ts";

interface Props {
  readonly params: Promise<{ page: string[] }>;
}

async function find(params: Props["params"]) {
  const slug = (await params).page.join("/");
  return contentPages.find((page) => page.slug === slug);
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await find(params);
  if (!page) return {};
  const locale = await pageLocale();
  return { title: page.title[locale], description: page.lead[locale].replaceAll("`", "") };
}

export default async function DocsContentPage({ params }: Props) {
  const page = await find(params);
  if (!page) notFound();
  return <ContentPage page={page} locale={await pageLocale()} origin={env.publicUrl} />;
}

import type { Locale } from "#lib/kernel/locale";
import { contentPages } from "./pages/all-pages.ts";
import { docsTexts } from "./texts.ts";

export interface PageLink {
  readonly href: string;
  readonly title: string;
}

export interface PageGroup {
  readonly title: string;
  readonly pages: readonly PageLink[];
}

/** The left navigation: everything but the API reference, which has its own. */
export function pageGroups(locale: Locale): PageGroup[] {
  const { nav } = docsTexts(locale);
  const content = (slug: string): PageLink => {
    const page = contentPages.find((each) => each.slug === slug);
    if (!page) throw new Error(`no page of the docs is called ${slug}`);
    return { href: `/docs/${slug}`, title: page.title[locale] };
  };
  return [
    {
      title: nav.groupStart,
      pages: [
        { href: "/docs", title: nav.firstPayment },
        content("keys"),
        content("testing"),
        { href: "/docs/go-live", title: nav.goLive },
      ],
    },
    {
      title: nav.groupGuides,
      pages: [content("guides/web"), content("guides/mini-program"), content("guides/api-only")],
    },
    {
      title: nav.groupReference,
      pages: [
        { href: "/docs/webhooks", title: nav.webhooks },
        { href: "/docs/errors", title: nav.errors },
        content("signing"),
        content("single-sign-on"),
        content("idempotency"),
        content("limits"),
        content("versioning"),
        { href: "/docs/changelog", title: nav.changelog },
      ],
    },
  ];
}

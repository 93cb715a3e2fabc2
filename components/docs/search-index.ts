import type { Locale } from "#lib/kernel/locale";
import { eventWords } from "./event-words.ts";
import type { Operation } from "./operations.ts";
import { contentPages } from "./pages/all-pages.ts";
import type { Block, DocsPage } from "./pages/content.ts";
import type { SearchEntry } from "./search.ts";
import { pageGroups } from "./site-map.ts";
import { docsTexts, errorSentences } from "./texts.ts";

const plain = (text: string) => text.replaceAll("`", "").replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1");

function wordsOf(block: Block, locale: Locale): string {
  switch (block.kind) {
    case "text":
      return plain(block.text[locale]);
    case "heading":
      return "";
    case "steps":
    case "list":
      return block.items.map((item) => plain(item[locale])).join(" ");
    case "code":
    case "samples":
      return block.label[locale];
    case "table":
      return block.rows.flatMap((row) => row.map((cell) => plain(cell[locale]))).join(" ");
  }
}

/** The page, and each of its sections under its own address. */
function entriesOf(page: DocsPage, locale: Locale): SearchEntry[] {
  const href = `/docs/${page.slug}`;
  const entries = [{ kind: "page" as const, href, title: page.title[locale], text: plain(page.lead[locale]) }];
  for (const block of page.blocks) {
    const last = entries[entries.length - 1];
    if (block.kind === "heading") {
      entries.push({ kind: "page", href: `${href}#${block.id}`, title: block.text[locale], text: "" });
    } else if (last) {
      last.text = `${last.text} ${wordsOf(block, locale)}`.trim();
    }
  }
  return entries;
}

/** Everything that the documentation can be searched for, in the reader's language. */
export function searchIndex(operations: readonly Operation[], locale: Locale): SearchEntry[] {
  const { start, webhooks, goLive, changelog, errors } = docsTexts(locale);
  const leads: Readonly<Record<string, string>> = {
    "/docs": start.lead,
    "/docs/webhooks": `${webhooks.lead} ${webhooks.verifyTitle} ${webhooks.verifyScheme} ${webhooks.retryText}`,
    "/docs/errors": errors.lead,
    "/docs/go-live": goLive.lead,
    "/docs/changelog": changelog.lead,
  };
  const written = new Set(contentPages.map((page) => `/docs/${page.slug}`));
  const ownPages = pageGroups(locale)
    .flatMap((group) => group.pages)
    .filter(({ href }) => !written.has(href))
    .map(({ href, title }) => ({ kind: "page" as const, href, title, text: plain(leads[href] ?? "") }));
  return [
    ...ownPages,
    ...contentPages.flatMap((page) => entriesOf(page, locale)),
    ...operations.map(({ slug, method, path, summary, tag, description }) => ({
      kind: "operation" as const,
      href: `/docs/api/${slug}`,
      title: summary,
      text: `${method.toUpperCase()} ${path} ${tag} ${plain(description)}`,
    })),
    ...Object.entries(errorSentences(locale)).map(([code, sentence]) => ({
      kind: "error" as const,
      href: `/docs/errors#${code}`,
      title: code,
      text: sentence,
    })),
    ...eventWords(locale).map(({ type, meaning }) => ({
      kind: "event" as const,
      href: "/docs/webhooks#event-types",
      title: type,
      text: meaning,
    })),
  ];
}

import type { Locale } from "#lib/kernel/locale";

/** A sentence in each language. `code` is set as code and [text](/address) as a link. */
export type Say = Readonly<Record<Locale, string>>;

export function say(en: string, zhCN: string, zhTW: string): Say {
  return { en, "zh-CN": zhCN, "zh-TW": zhTW };
}

/** The same in every language: names, numbers, code. */
export function same(text: string): Say {
  return say(text, text, text);
}

/** A file of `samples/`, shown as it is. */
export interface SampleFile {
  readonly name: string;
  readonly file: string;
}

export type Block =
  | { readonly kind: "text"; readonly text: Say }
  | { readonly kind: "heading"; readonly id: string; readonly text: Say }
  | { readonly kind: "steps"; readonly items: readonly Say[] }
  | { readonly kind: "list"; readonly items: readonly Say[] }
  | { readonly kind: "code"; readonly label: Say; readonly code: (origin: string) => string }
  | { readonly kind: "samples"; readonly label: Say; readonly files: readonly SampleFile[] }
  | { readonly kind: "table"; readonly head: readonly Say[]; readonly rows: readonly (readonly Say[])[] };

export interface DocsPage {
  /** Its address below /docs. */
  readonly slug: string;
  readonly title: Say;
  readonly lead: Say;
  readonly blocks: readonly Block[];
}

export const text = (said: Say): Block => ({ kind: "text", text: said });
export const heading = (id: string, said: Say): Block => ({ kind: "heading", id, text: said });

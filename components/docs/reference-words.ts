import type { Locale } from "#lib/kernel/locale";
import type { OpenApiDocument } from "./openapi.ts";
import zhCN from "./reference-words/zh-CN.json" with { type: "json" };
import zhTW from "./reference-words/zh-TW.json" with { type: "json" };

type Words = Readonly<Record<string, string>>;

const wordsOf: Readonly<Record<Locale, Words>> = { en: {}, "zh-CN": zhCN, "zh-TW": zhTW };

/**
 * The document with its sentences and headings in the reader's language; what nobody has translated yet stays as it is.
 * Names, values and examples are part of the interface, and the same in every language.
 */
export function inLanguage(document: OpenApiDocument, locale: Locale): OpenApiDocument {
  return said(document, wordsOf[locale]) as OpenApiDocument;
}

function said(node: unknown, words: Words): unknown {
  if (Array.isArray(node)) return node.map((each) => said(each, words));
  if (typeof node !== "object" || node === null) return node;
  const inWords = (text: unknown) => (typeof text === "string" ? (words[text] ?? text) : text);
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      if (name === "example") return [name, value];
      if (name === "tags" && Array.isArray(value)) return [name, value.map(inWords)];
      const isSentence = (name === "summary" || name === "description") && typeof value === "string";
      return [name, isSentence ? inWords(value) : said(value, words)];
    }),
  );
}

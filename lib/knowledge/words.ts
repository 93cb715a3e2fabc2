import type { ArticleCategory, ArticleLocale } from "#db/schema/knowledge";

export type { ArticleCategory, ArticleLocale };

const han = /\p{Script=Han}/u;
const runs = /\p{Script=Han}+|[\p{L}\p{N}_]+/gu;

/**
 * The words of a text as the index knows them: Latin ones as they are, Chinese as pairs of neighbours, since nothing
 * stands between its words.
 */
export function wordsOf(text: string): string[] {
  return [...text.toLowerCase().matchAll(runs)].flatMap(([run]) => (han.test(run) ? pairsOf(run) : run));
}

function pairsOf(run: string): string[] {
  const letters = [...run];
  if (letters.length === 1) return letters;
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

const mostWords = 24;

/** A question for the index: any of the words; the last may be begun only. @returns undefined when there is no word */
export function questionOf(text: string): string | undefined {
  const words = [...new Set(wordsOf(text))].slice(0, mostWords);
  if (words.length === 0) return undefined;
  return words.map((word, index) => (index === words.length - 1 ? `'${word}':*` : `'${word}'`)).join(" | ");
}

/** The language in which articles are searched and read; Traditional Chinese has none of its own. */
export function articleLocale(locale: string): ArticleLocale {
  return locale === "en" ? "en" : "zh-CN";
}

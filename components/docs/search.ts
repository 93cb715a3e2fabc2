export interface SearchEntry {
  readonly kind: "page" | "operation" | "error" | "event";
  readonly href: string;
  readonly title: string;
  /** What else it is found by, and what is shown of it. */
  readonly text: string;
}

const most = 8;

/** How well an entry fits a word: in the title's beginning, in a word's, anywhere in it, in the text, or not at all. */
function weight(entry: SearchEntry, word: string): number {
  const title = entry.title.toLowerCase();
  if (title.startsWith(word)) return 8;
  if (title.split(/[\s/_.{}-]+/).some((part) => part.startsWith(word))) return 6;
  if (title.includes(word)) return 4;
  return entry.text.toLowerCase().includes(word) ? 1 : 0;
}

/** The entries that have every word, best first; equals keep the order in which the documentation has them. */
export function findEntries(entries: readonly SearchEntry[], wanted: string): SearchEntry[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, weights: words.map((word) => weight(entry, word)) }))
    .filter(({ weights }) => weights.every((each) => each > 0))
    .map(({ entry, weights }) => ({ entry, sum: weights.reduce((sum, each) => sum + each, 0) }))
    .sort((a, b) => b.sum - a.sum)
    .slice(0, most)
    .map(({ entry }) => entry);
}

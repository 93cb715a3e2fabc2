import { statusesOf } from "./error-kinds.ts";
import type { ErrorGroup } from "./error-list.tsx";
import type { DocsTexts, errorSentences } from "./texts.ts";

/** The catalogue by HTTP status, codes in the order of the alphabet; each code stands once, at its lowest status. */
export function errorGroups(sentences: ReturnType<typeof errorSentences>, texts: DocsTexts["errors"]): ErrorGroup[] {
  const entries = Object.entries(sentences)
    .map(([code, sentence]) => ({ code, sentence, statuses: statusesOf(code) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const known = [...Map.groupBy(entries, ({ statuses }) => statuses[0])].sort(([a = 999], [b = 999]) => a - b);
  return known.map(([status, members]) =>
    status === undefined
      ? { id: "other", title: texts.otherTitle, text: texts.otherText, entries: members }
      : { id: `http-${status}`, title: `${status} · ${meaningOf(status, texts)}`, text: undefined, entries: members },
  );
}

function meaningOf(status: number, texts: DocsTexts["errors"]): string {
  return (texts.status as Readonly<Record<string, string>>)[status] ?? "";
}

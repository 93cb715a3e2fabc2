import { searchIndex } from "../../../../components/docs/search-index.ts";
import { pageLocale } from "../../../../i18n/locale.ts";
import { loadReference } from "../api/read-reference.ts";

/** What the search field looks through, in the reader's language. */
export async function GET(): Promise<Response> {
  const locale = await pageLocale();
  const { operations } = await loadReference(locale);
  return Response.json(searchIndex(operations, locale));
}

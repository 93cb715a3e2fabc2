import { createApi } from "#lib/api/app";
import type { Locale } from "#lib/kernel/locale";
import type { OpenApiDocument } from "../../../../components/docs/openapi.ts";
import { type Reference, readReference } from "../../../../components/docs/operations.ts";
import { inLanguage } from "../../../../components/docs/reference-words.ts";

const references = new Map<Locale, Promise<Reference>>();

async function read(locale: Locale): Promise<Reference> {
  const answer = await createApi().request("/v1/openapi.json");
  if (!answer.ok) throw new Error(`the API's own document answered ${answer.status}`);
  return readReference(inLanguage((await answer.json()) as OpenApiDocument, locale));
}

/** The document that `/v1/openapi.json` gives out, in the reader's language; it does not change while the process runs. */
export function loadReference(locale: Locale): Promise<Reference> {
  const reference = references.get(locale) ?? read(locale);
  references.set(locale, reference);
  return reference;
}

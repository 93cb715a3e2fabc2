import { createApi } from "#lib/api/app";
import type { OpenApiDocument } from "../../../../components/docs/openapi.ts";
import { type Reference, readReference } from "../../../../components/docs/operations.ts";

let reference: Promise<Reference> | undefined;

async function read(): Promise<Reference> {
  const answer = await createApi().request("/v1/openapi.json");
  if (!answer.ok) throw new Error(`the API's own document answered ${answer.status}`);
  return readReference((await answer.json()) as OpenApiDocument);
}

/** The document that `/v1/openapi.json` gives out; it does not change while the process runs. */
export function loadReference(): Promise<Reference> {
  reference ??= read();
  return reference;
}

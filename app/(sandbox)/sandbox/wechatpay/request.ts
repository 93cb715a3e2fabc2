import { headers } from "next/headers";
import { type SandboxLocale, sandboxLocale } from "./texts.ts";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The query with one value a name, and the language to speak. */
export async function readRequest(
  searchParams: SearchParams,
): Promise<{ query: Record<string, string>; locale: SandboxLocale }> {
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(await searchParams)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) query[name] = first;
  }
  return { query, locale: sandboxLocale(query.lang, (await headers()).get("accept-language")) };
}

import { type KnownIds, learnIds } from "./known-ids.ts";
import { readTabValue, writeTabValue } from "./tab-value.ts";

const name = "docs.ids";

/** The ids that answers in this tab have brought, for the path and body of the next request. */
export function knownIds(): KnownIds {
  const stored = readTabValue(name);
  return stored === "" ? {} : (JSON.parse(stored) as KnownIds);
}

export function rememberIds(answer: unknown): void {
  writeTabValue(name, JSON.stringify(learnIds(knownIds(), answer)));
}

import { exampleOf, freshen } from "./example.ts";
import { type KnownIds, objectOfPath } from "./known-ids.ts";
import type { Operation } from "./operations.ts";
import type { Draft } from "./request.ts";

const weekMs = 7 * 24 * 3600 * 1000;

/**
 * A request that would work: the example body with numbers of its own, ids that the reader has met, the last week where a
 * period is asked for.
 *
 * @param token new each time; goes into the merchant's numbers and the Idempotency-Key
 */
export function freshDraft(operation: Operation, example: unknown, known: KnownIds, token: string, now: Date): Draft {
  // What can't be undone waits for an id that the reader has chosen.
  const object = operation.method === "delete" ? undefined : objectOfPath(operation.path);
  const path: Record<string, string> = {};
  const query: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    if (parameter.in === "path") path[parameter.name] = (object && known[object]) ?? "";
    if (parameter.in !== "query" || !parameter.required) continue;
    query[parameter.name] =
      parameter.schema.format === "date-time"
        ? new Date(now.getTime() - (parameter.name === "from" ? weekMs : 0)).toISOString()
        : String(exampleOf(parameter.schema, {}, "sent"));
  }
  const body = example === undefined ? "" : JSON.stringify(freshen(example, token, known), null, 2);
  return { path, query, idempotencyKey: `try-${token}`, body };
}

/** Sorts by time and does not repeat within a reader's day of trying. */
export function newToken(now: Date): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return `${now.getTime().toString(36)}${random.toString(36).slice(0, 4)}`;
}

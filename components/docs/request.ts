import type { Operation } from "./operations.ts";

/** What the reader has filled in for one operation. */
export interface Draft {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
  /** JSON as text; empty when nothing is sent. */
  readonly body: string;
}

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export const takesIdempotencyKey = (operation: Operation): boolean =>
  operation.parameters.some((parameter) => parameter.in === "header" && parameter.name === "idempotency-key");

/** @param key goes into the Authorization header as it is */
export function requestOf(operation: Operation, draft: Draft, origin: string, key: string): Request {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    draft.path[name] ? encodeURIComponent(draft.path[name]) : whole,
  );
  const filled = Object.entries(draft.query).filter(([, value]) => value !== "");
  const query = filled.length > 0 ? `?${new URLSearchParams(filled)}` : "";
  const body = operation.body && draft.body.trim() !== "" ? draft.body : undefined;
  return {
    method: operation.method.toUpperCase(),
    url: `${origin}${path}${query}`,
    headers: {
      authorization: `Bearer ${key}`,
      ...(takesIdempotencyKey(operation) && draft.idempotencyKey && { "idempotency-key": draft.idempotencyKey }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    body,
  };
}

/** Names of path and query parameters that are required and empty. */
export function missingParameters(operation: Operation, draft: Draft): string[] {
  return operation.parameters
    .filter(
      (parameter) =>
        parameter.required &&
        ((parameter.in === "path" && !draft.path[parameter.name]) ||
          (parameter.in === "query" && !draft.query[parameter.name])),
    )
    .map((parameter) => parameter.name);
}

/** `undefined` when the text is a JSON object or empty, else what is wrong with it. */
export function bodyFault(text: string): "not_json" | "not_object" | undefined {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "not_object";
  } catch {
    return "not_json";
  }
}

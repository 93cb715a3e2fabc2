import type { Context as HonoContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isDatabaseAway } from "#db/database-away";
import { env } from "#lib/kernel/env";
import { AppError, errorKinds } from "#lib/kernel/errors";
import type { Locale } from "#lib/kernel/locale";
import { log } from "#lib/kernel/log";
import { translate } from "#lib/messages/translate";
import type { ApiEnv } from "./env.ts";

/** RFC 9457 problem details, with our code, the field at fault and the id to quote. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly param?: string;
  readonly request_id: string;
  readonly [extra: string]: unknown;
}

const titles: Record<string, string> = Object.fromEntries(
  Object.keys(errorKinds).map((kind) => [kind, kind.replaceAll("_", " ")]),
);

export function problemOf(error: AppError, locale: Locale, requestId: string): Problem {
  const values: Record<string, unknown> = { field: error.param ?? "", ...error.detail };
  return {
    type: `${env.publicUrl}/docs/errors#${error.code}`,
    title: titles[error.kind] ?? error.kind,
    status: error.status,
    code: error.code,
    detail: translate(locale, `errors.${error.code}`, values) ?? error.code,
    ...(error.param !== undefined && { param: error.param }),
    request_id: requestId,
    ...(Object.keys(error.detail).length > 0 && { values: error.detail }),
  };
}

function knownError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) return new AppError("unavailable", "database_away", { cause: error });
  return new AppError("internal", "internal_error", { cause: error });
}

/** Turns whatever a route threw into an answer; what is not ours becomes a 500 without a word of the cause. */
export function answerError(error: unknown, c: HonoContext<ApiEnv>): Response {
  const requestId = c.get("requestId") ?? "";
  const known = knownError(error);
  if (known.code === "database_away") c.header("retry-after", "2");
  if (known.status >= 500) log.error({ err: error, requestId, path: c.req.path }, "request failed");
  const problem = problemOf(known, c.get("locale") ?? "en", requestId);
  // Through the context, which adds the headers that were set before: Retry-After and what is left of the limit.
  return c.body(JSON.stringify(problem), known.status as ContentfulStatusCode, {
    "content-type": "application/problem+json; charset=utf-8",
    "request-id": problem.request_id,
    "cache-control": "no-store",
    // The rest of the body was not read, so the connection is of no use to another request.
    ...(known.kind === "too_large" && { connection: "close" }),
  });
}

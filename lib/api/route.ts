import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { Permission } from "#lib/access/permissions";
import type { ApiEnv } from "./env.ts";
import { authenticate, authorize } from "./middleware/authenticate.ts";
import { idempotent } from "./middleware/idempotency.ts";
import { logRequest } from "./middleware/log-request.ts";
import { limitByCaller } from "./middleware/rate-limit.ts";
import { validationError } from "./validation.ts";

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    param: z.string().optional(),
    request_id: z.string(),
  })
  .openapi("Problem");

/** A new set of routes whose validation errors are ours. */
export function resource(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw validationError(result.error.issues, result.target);
    },
  });
}

export type RouteConfig = Parameters<typeof createRoute>[0];

export interface RouteInput<P extends string, R extends RouteConfig["request"], S extends z.ZodType> {
  readonly method: "get" | "post" | "patch" | "delete";
  readonly path: P;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  readonly request: R;
  readonly answer: { readonly status: 200 | 201; readonly schema: S; readonly description: string };
  /** How an Idempotency-Key is honoured; POST routes name it. */
  readonly idempotency?: { readonly mode: "atomic" | "phased"; readonly required?: boolean };
  /** What it may refuse beside what its form tells. */
  readonly problems?: readonly ProblemStatus[];
}

const problemMeanings = {
  400: "The request is not valid; `param` names the field.",
  401: "No valid key or session.",
  403: "The caller may not do this.",
  404: "There is no such object, or it is not yours.",
  409: "The object is in a state in which this can't be done.",
  410: "It was there, and is no longer.",
  413: "The request is too large.",
  415: "The body is not JSON.",
  422: "The Idempotency-Key was used for another request.",
  429: "Too many requests.",
  500: "Our mistake; quote `request_id`.",
  502: "The channel refused or failed.",
  503: "Not ready yet; try again later.",
} as const;
export type ProblemStatus = keyof typeof problemMeanings;

/** What a route of this form may refuse: anybody's request, one with an id, a change, one with a body, one with a key. */
export function problemsOf(
  input: Pick<RouteInput<string, RouteConfig["request"], z.ZodType>, "method" | "path" | "request" | "idempotency"> & {
    readonly problems?: readonly ProblemStatus[];
  },
) {
  const statuses: readonly ProblemStatus[] = [
    ...([400, 401, 403, 429, 500] as const),
    ...(input.path.includes("{") ? ([404] as const) : []),
    ...(input.method === "get" ? [] : ([409] as const)),
    ...(input.request?.body ? ([413, 415] as const) : []),
    ...(input.idempotency ? ([422] as const) : []),
    ...(input.problems ?? []),
  ];
  return Object.fromEntries(
    [...new Set(statuses)]
      .sort((a, b) => a - b)
      .map((status) => [
        status,
        {
          description: problemMeanings[status],
          content: { "application/problem+json": { schema: problemSchema } },
        },
      ]),
  );
}

/** A route of /v1: who may call, what it takes, what it answers; authentication, limits and idempotency come with it. */
export function route<P extends string, R extends RouteConfig["request"], S extends z.ZodType>(
  input: RouteInput<P, R, S>,
) {
  const middleware: MiddlewareHandler<ApiEnv>[] = [
    logRequest,
    authenticate,
    limitByCaller,
    authorize(input.permission),
  ];
  if (input.idempotency) {
    middleware.push(idempotent(input.idempotency.mode, input.idempotency.required ?? false));
  }
  return createRoute({
    method: input.method,
    path: input.path,
    tags: [input.tag],
    summary: input.summary,
    ...(input.description && { description: input.description }),
    security: [{ bearer: [] }],
    "x-permission": input.permission,
    request: input.request as R,
    middleware,
    responses: {
      [input.answer.status]: {
        description: input.answer.description,
        content: { "application/json": { schema: input.answer.schema } },
      },
      ...problemsOf(input),
    } as { [status in 200 | 201]: { description: string; content: { "application/json": { schema: S } } } },
  });
}

/** A route of /v1 that answers with a file, written while it is being sent. */
export function fileRoute<P extends string, R extends RouteConfig["request"]>(input: {
  readonly path: P;
  readonly tag: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly request: R;
  readonly contentType: string;
  readonly problems?: readonly ProblemStatus[];
}) {
  return createRoute({
    method: "get",
    path: input.path,
    tags: [input.tag],
    summary: input.summary,
    security: [{ bearer: [] }],
    "x-permission": input.permission,
    request: input.request as R,
    middleware: [logRequest, authenticate, limitByCaller, authorize(input.permission)],
    responses: {
      200: { description: "The file.", content: { [input.contentType]: { schema: z.string() } } },
      ...problemsOf({ ...input, method: "get" }),
    },
  });
}

export const idParam = (name = "id") => z.object({ [name]: z.string().max(64) }) as z.ZodObject<{ id: z.ZodString }>;

const idempotencyKey = z
  .string()
  .max(255)
  .openapi({ description: "Repeat a request safely: the first answer is given again." });

export const idempotencyHeader = z.object({ "idempotency-key": idempotencyKey.optional() });

/** For a request that has no number of the merchant's own to be recognised by. */
export const requiredIdempotencyHeader = z.object({ "idempotency-key": idempotencyKey });

/** Cursor lists: `limit`, `starting_after`, plus a list's own filters; anything else is refused by name. */
export function listQuery<F extends z.ZodRawShape>(filters: F) {
  return z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(20),
    starting_after: z
      .string()
      .max(64)
      .optional()
      .openapi({ description: "The id of the last object of the page before." }),
    ...filters,
  });
}

export function listSchema<T extends z.ZodType>(item: T, name: string) {
  return z.object({ object: z.literal("list"), data: z.array(item), has_more: z.boolean() }).openapi(name);
}

/** One page out of rows that were fetched one more than asked. */
export function page<Row, Json>(rows: readonly Row[], limit: number, toJson: (row: Row) => Json) {
  return { object: "list" as const, data: rows.slice(0, limit).map(toJson), has_more: rows.length > limit };
}

export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true as const, content: { "application/json": { schema } } } };
}

import { createRoute, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { AppError } from "#lib/kernel/errors";
import { OperatorContext } from "#lib/operator/context";
import { mustEnrol, operatorBehind } from "#lib/operator/find-operator";
import type { OperatorPermission } from "#lib/operator/permissions";
import type { ApiEnv } from "../env.ts";
import { requireOwnPages } from "../middleware/own-pages.ts";
import { limitByOperator } from "../middleware/rate-limit.ts";
import { type ProblemStatus, problemsOf, type RouteConfig } from "../route.ts";

const maxUserAgentLength = 200;

/** Lets a signed-in operator in, and nobody else: no key and no merchant's session opens the console. */
const authenticateOperator = createMiddleware<ApiEnv>(async (c, next) => {
  const behind = c.req.header("authorization") ? undefined : await operatorBehind(c.req.header("cookie"));
  if (!behind) throw new AppError("unauthenticated", "unauthenticated");
  const userAgent = c.req.header("user-agent")?.slice(0, maxUserAgentLength);
  c.set(
    "octx",
    new OperatorContext({
      ...behind,
      requestId: c.get("requestId"),
      locale: c.get("locale"),
      ...(c.get("ip") && { ip: c.get("ip") }),
      ...(userAgent && { userAgent }),
    }),
  );
  await next();
});

/** Keeps out who has to set up a second factor first. */
const requireSecondFactor = createMiddleware<ApiEnv>(async (c, next) => {
  if (await mustEnrol(c.get("octx").operator)) throw new AppError("forbidden", "second_factor_required");
  await next();
});

function authorizeOperator(permission: OperatorPermission) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (!c.get("octx").may(permission)) throw new AppError("forbidden", "forbidden", { detail: { permission } });
    await next();
  });
}

export interface OperatorRouteInput<P extends string, R extends RouteConfig["request"], S extends z.ZodType> {
  readonly method: "get" | "post" | "patch" | "delete";
  /** Begins with `/v1/operator/`. */
  readonly path: P;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: OperatorPermission;
  /** Part of setting up a second factor. */
  readonly isEnrolment?: boolean;
  readonly request: R;
  readonly answer: { readonly status: 200 | 201; readonly schema: S; readonly description: string };
  readonly problems?: readonly ProblemStatus[];
}

/**
 * What each route of the console has.
 *
 * @param before asked before anybody is let in
 */
export function operatorOnly(
  input: { permission: OperatorPermission; tag: string; summary: string; isEnrolment?: boolean },
  before: readonly MiddlewareHandler<ApiEnv>[] = [],
) {
  return {
    tags: [input.tag],
    summary: input.summary,
    "x-permission": input.permission,
    middleware: [
      ...before,
      requireOwnPages,
      authenticateOperator,
      limitByOperator,
      ...(input.isEnrolment ? [] : [requireSecondFactor]),
      authorizeOperator(input.permission),
    ],
  };
}

/** A route of the operator console: who may call, what it takes, what it answers. */
export function operatorRoute<P extends string, R extends RouteConfig["request"], S extends z.ZodType>(
  input: OperatorRouteInput<P, R, S>,
) {
  return createRoute({
    ...operatorOnly(input),
    method: input.method,
    path: input.path,
    ...(input.description && { description: input.description }),
    request: input.request as R,
    responses: {
      [input.answer.status]: {
        description: input.answer.description,
        content: { "application/json": { schema: input.answer.schema } },
      },
      ...problemsOf(input),
    } as { [status in 200 | 201]: { description: string; content: { "application/json": { schema: S } } } },
  });
}

/** A route of the operator console that answers with a file. */
export function operatorFileRoute<P extends string, R extends RouteConfig["request"]>(input: {
  readonly path: P;
  readonly tag: string;
  readonly summary: string;
  readonly permission: OperatorPermission;
  readonly request: R;
  readonly contentType: string;
}) {
  return createRoute({
    ...operatorOnly(input),
    method: "get",
    path: input.path,
    request: input.request as R,
    responses: {
      200: { description: "The file.", content: { [input.contentType]: { schema: z.string() } } },
      ...problemsOf({ ...input, method: "get" }),
    },
  });
}

import type { Context as HonoContext } from "hono";
import { createMiddleware } from "hono/factory";
import type { z } from "zod";
import type { Visitor } from "#lib/access/visitor";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import type { ApiEnv } from "../env.ts";
import { validationError } from "../validation.ts";

/** Refuses what a foreign page makes a browser send. */
export const requireOwnPages = createMiddleware<ApiEnv>(async (c, next) => {
  const site = c.req.header("sec-fetch-site");
  const isOwn = site ? site === "same-origin" : c.req.header("origin") === new URL(env.publicUrl).origin;
  if (c.req.method !== "GET" && !isOwn) throw new AppError("forbidden", "csrf");
  await next();
});

export function visitorOf(c: HonoContext<ApiEnv>): Visitor {
  return { ip: c.get("ip") || "unknown", locale: c.get("locale"), requestId: c.get("requestId") };
}

/** The body of a request, checked. @throws AppError naming the field at fault */
export async function bodyOf<T extends z.ZodType>(c: HonoContext<ApiEnv>, schema: T): Promise<z.output<T>> {
  const text = await c.req.text();
  const parsed = schema.safeParse(text ? JSON.parse(text) : {});
  if (!parsed.success) throw validationError(parsed.error.issues);
  return parsed.data;
}

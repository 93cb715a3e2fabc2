import type { Context as HonoContext } from "hono";
import { createMiddleware } from "hono/factory";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { keepRequest } from "#lib/request-log/keep-request";
import type { ApiEnv } from "../env.ts";

/** Reads are told apart from writes: a read that succeeded can be had again, so its answer is not kept. */
const isRead = (method: string) => method === "GET" || method === "HEAD";

/** A file that somebody sends is kept sealed where it belongs, and nowhere else. */
const isJson = (c: HonoContext<ApiEnv>) => /^application\/json\b/i.test(c.req.header("content-type") ?? "");

/** What a merchant tells of its people and its bank is kept sealed, and so not here. */
const isSealed = (c: HonoContext<ApiEnv>) => c.req.path.startsWith("/v1/application");

/**
 * Keeps what a merchant's programs ask and what they are answered, and what people change in the dashboard; their
 * reading would bury it. A request that we can put to no merchant's name is in nobody's log.
 */
export const logRequest = createMiddleware<ApiEnv>(async (c, next) => {
  if (!env.requestLogOn) return next();
  const { method } = c.req;
  const at = systemClock.now();
  const startedAt = performance.now();
  const answered = overhear(c, isRead(method));
  await next();
  const principal = c.get("principal");
  if (!principal || (principal.type !== "api_key" && isRead(method))) return;
  const { merchantId, livemode } = c.get("ctx");
  const { status } = c.res;
  const url = c.req.url;
  keepRequest({
    merchantId,
    livemode,
    requestId: c.get("requestId"),
    actorType: principal.type,
    actorId: principal.id,
    method,
    path: url.slice(url.indexOf("/", url.indexOf("//") + 2)),
    status,
    errorCode: c.error instanceof AppError ? c.error.code : undefined,
    durationMs: performance.now() - startedAt,
    ip: c.get("ip"),
    userAgent: c.req.header("user-agent")?.slice(0, 200),
    // The text that the JSON was parsed from is still there.
    requestBody:
      (method === "POST" || method === "PATCH") && isJson(c) && !isSealed(c) ? await c.req.text() : undefined,
    responseBody: (isRead(method) || isSealed(c)) && status < 400 ? undefined : answered(),
    at,
  });
});

/**
 * Listens to what the route answers. The response itself is not read: a copy of its body would cost more than the rest
 * of the request's way through this server.
 */
function overhear(c: HonoContext<ApiEnv>, isReading: boolean): () => string | undefined {
  let heard: string | undefined;
  const answer = c.body;
  const body = ((data: unknown, ...rest: []) => {
    if (typeof data === "string") heard = data;
    return answer(data as never, ...rest);
  }) as typeof c.body;
  c.body = body;
  if (!isReading) {
    c.json = ((value: unknown, status?: never, headers?: Record<string, string>) =>
      body(JSON.stringify(value), status, {
        "content-type": "application/json",
        ...headers,
      })) as unknown as typeof c.json;
  }
  return () => heard;
}

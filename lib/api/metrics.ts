import { Hono, type MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import ipaddr from "ipaddr.js";
import { equalSecrets } from "#lib/kernel/crypto";
import { AppError } from "#lib/kernel/errors";
import { log } from "#lib/kernel/log";
import { noteRequest, requestFamily } from "#lib/metrics/http-requests";
import { processFamilies } from "#lib/metrics/process-families";
import { inText } from "#lib/metrics/text-format";
import { workFamilies } from "#lib/metrics/work-families";
import type { ApiEnv } from "./env.ts";

/** Counts and times every request by the pattern of its route. */
export const measureRequest: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const startedAt = performance.now();
  await next();
  const path = routePath(c);
  noteRequest(c.req.method, path.endsWith("*") ? "unmatched" : path, c.res.status, performance.now() - startedAt);
};

export const metrics = new Hono<ApiEnv>();

/** For Prometheus: with METRICS_TOKEN whoever knows it, without one whoever asks from this machine. */
metrics.get("/metrics", async (c) => {
  if (!isAllowed(c.req.raw.headers, c.env?.incoming?.socket?.remoteAddress)) {
    throw new AppError("not_found", "route_not_found");
  }
  // What this process knows by itself is still worth having when the database is away.
  const work = await workFamilies().catch((error: unknown) => {
    log.warn({ err: error }, "waiting work not measured");
    return [];
  });
  const text = inText([requestFamily(), ...processFamilies(), ...work]);
  return c.body(text, 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" });
});

function isAllowed(headers: Headers, address: string | undefined): boolean {
  const token = process.env.METRICS_TOKEN;
  if (token) {
    const given = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "")?.[1];
    return given !== undefined && equalSecrets(given, token);
  }
  // Behind a proxy on this machine everybody comes from here.
  const isForwarded = headers.has("x-forwarded-for") || headers.has("forwarded");
  return !isForwarded && address !== undefined && ipaddr.process(address).range() === "loopback";
}

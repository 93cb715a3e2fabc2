import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { inSpan } from "#lib/kernel/tracing";
import type { ApiEnv } from "../env.ts";

/** A request as a span, in the caller's trace when it names one. Addresses carry ids only as far as the route shows. */
export const traceRequest = createMiddleware<ApiEnv>(async (c, next) => {
  const { method } = c.req;
  await inSpan({ name: method, kind: "server", parent: c.req.header("traceparent") }, async (span) => {
    await next();
    const path = routePath(c);
    const route = path.endsWith("*") ? "unmatched" : path;
    const { status } = c.res;
    span.rename(`${method} ${route}`);
    span.set({
      "http.request.method": method,
      "http.route": route,
      "http.response.status_code": status,
      "globalpaylink.request_id": c.get("requestId") ?? "",
    });
    const ctx = c.get("ctx");
    if (ctx) span.set({ "globalpaylink.merchant_id": ctx.merchantId, "globalpaylink.livemode": ctx.livemode });
    if (status >= 500) span.fail(`answered ${status}`);
  });
});

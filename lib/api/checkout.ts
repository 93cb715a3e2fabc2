import type { Context as HonoContext } from "hono";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { startAttemptSchema } from "#lib/attempts/schemas";
import { startAttempt } from "#lib/attempts/start-attempt";
import { readLogo } from "#lib/branding/read-logo";
import { browserOf } from "#lib/checkout/browser-cookie";
import { checkoutAttempt, checkoutView } from "#lib/checkout/checkout-view";
import { openCheckout } from "#lib/checkout/open-checkout";
import { watchOrder } from "#lib/events/bus";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import type { ApiEnv } from "./env.ts";
import { limitByAddress } from "./middleware/rate-limit.ts";
import { validationError } from "./validation.ts";

/** What the shopper's page asks. Who holds an order's address may see it and pay it; nothing else is told. */
export const checkout = new Hono<ApiEnv>();
checkout.use("/v1/checkout/*", limitByAddress);

type C = HonoContext<ApiEnv, "/v1/checkout/:order">;

function open(c: C) {
  const ip = c.get("ip");
  return openCheckout({
    orderId: c.req.param("order"),
    requestId: c.get("requestId"),
    locale: c.get("locale"),
    ...(ip && { ip }),
  });
}

function surroundings(c: C) {
  return surroundingsOf(c.req.header("user-agent") ?? "", c.req.header("x-country"));
}

/** A year, as far as caches go: another picture has another address. */
const forever = "public, max-age=31536000, immutable";

checkout.get("/v1/checkout/logos/:merchant/:id", async (c) => {
  const { merchant, id } = c.req.param();
  const image = await readLogo({ merchantId: merchant, id, requestId: c.get("requestId") });
  return c.body(new Uint8Array(image.bytes), 200, {
    "content-type": image.contentType,
    "cache-control": forever,
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
  });
});

checkout.get("/v1/checkout/:order", async (c) => {
  const ctx = await open(c);
  return c.json(await checkoutView(ctx, c.req.param("order"), surroundings(c)));
});

checkout.post("/v1/checkout/:order/attempts", async (c) => {
  // The page's own forms and scripts only: a foreign page must not start payments in a shopper's name.
  const site = c.req.header("sec-fetch-site");
  if (site ? site !== "same-origin" : c.req.header("origin") !== new URL(env.publicUrl).origin) {
    throw new AppError("forbidden", "csrf");
  }
  const parsed = startAttemptSchema.safeParse(await c.req.json());
  if (!parsed.success) throw validationError(parsed.error.issues);
  const { method, flow, token, wallet_user_id } = parsed.data;
  const ctx = await open(c);
  const browser = browserOf(c.req.header("cookie"));
  const applied = await startAttempt(ctx, {
    orderId: c.req.param("order"),
    method,
    ...(flow && { flow }),
    ...(token && { token }),
    ...(browser && { browser }),
    ...(wallet_user_id && { walletUserId: wallet_user_id }),
    surroundings: surroundings(c),
    ip: c.get("ip"),
    userAgent: c.req.header("user-agent") ?? "",
  });
  return c.json(checkoutAttempt(applied.attempt), 201);
});

/** How long one stream lives before the browser opens the next: proxies drop longer ones without a word. */
const streamMs = 55_000;
const heartbeatMs = 15_000;

checkout.get("/v1/checkout/:order/events", async (c) => {
  const ctx = await open(c);
  const orderId = c.req.param("order");
  const where = surroundings(c);
  await checkoutView(ctx, orderId, where);
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    let last = "";
    let wake: () => void = () => {};
    let changed = true;
    const stop = watchOrder(orderId, () => {
      changed = true;
      wake();
    });
    stream.onAbort(() => {
      stop();
      wake();
    });
    const until = performance.now() + streamMs;
    try {
      while (!stream.aborted && performance.now() < until) {
        if (changed) {
          changed = false;
          const view = await checkoutView(ctx, orderId, where);
          const { server_time, ...lasting } = view;
          const text = JSON.stringify(lasting);
          if (text !== last) await stream.writeSSE({ event: "checkout", data: JSON.stringify(view) });
          last = text;
        } else {
          await stream.writeSSE({ event: "heartbeat", data: "" });
        }
        if (changed) continue;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(1, Math.min(heartbeatMs, until - performance.now())));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          // News that came while the last line was being written must not wait for the heartbeat.
          if (changed || stream.aborted) wake();
        });
      }
    } finally {
      stop();
    }
  });
});

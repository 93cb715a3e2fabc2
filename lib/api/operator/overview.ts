import { z } from "@hono/zod-openapi";
import { channelHealth } from "#lib/operator/overview/health";
import { platformOverview } from "#lib/operator/overview/overview";
import { resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** How the platform does: all merchants together, and each channel account. */
export const overview = resource();
const tag = "Overview";
const mode = z.enum(["live", "test"]).default("live");

const overviewSchema = z
  .object({
    object: z.literal("platform_overview"),
    from: z.string(),
    to: z.string(),
    orders: z.number().int(),
    previous_orders: z.number().int(),
    payments: z.number().int(),
    previous_payments: z.number().int(),
    attempts_succeeded: z.number().int(),
    attempts_failed: z.number().int(),
    previous_attempts_succeeded: z.number().int(),
    previous_attempts_failed: z.number().int(),
    merchants: z.number().int(),
    currencies: z.array(
      z.object({
        currency: z.string(),
        /** Minor units. */
        gross: z.string(),
        previous_gross: z.string(),
        refunded: z.string(),
        payments: z.number().int(),
      }),
    ),
    trend: z.array(
      z.object({
        at: z.string(),
        payments: z.number().int(),
        previous_payments: z.number().int(),
        attempts_succeeded: z.number().int(),
        attempts_failed: z.number().int(),
      }),
    ),
  })
  .openapi("PlatformOverview");

overview.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/overview",
    tag,
    summary: "Read what all merchants did in the last hours",
    permission: "overview:read",
    request: { query: z.strictObject({ mode, hours: z.enum(["24", "168", "720"]).default("24") }) },
    answer: { status: 200, schema: overviewSchema, description: "Totals and trend, with the period before." },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const found = await platformOverview({
      livemode: query.mode === "live",
      hours: Number(query.hours),
      now: c.var.octx.now,
    });
    return c.json(
      {
        object: "platform_overview" as const,
        from: found.from.toISOString(),
        to: found.to.toISOString(),
        orders: found.orders,
        previous_orders: found.previousOrders,
        payments: found.payments,
        previous_payments: found.previousPayments,
        attempts_succeeded: found.attemptsSucceeded,
        attempts_failed: found.attemptsFailed,
        previous_attempts_succeeded: found.previousAttemptsSucceeded,
        previous_attempts_failed: found.previousAttemptsFailed,
        merchants: found.merchants,
        currencies: found.currencies.map(({ previousGross, ...rest }) => ({ ...rest, previous_gross: previousGross })),
        trend: found.trend.map((bucket) => ({
          at: bucket.at.toISOString(),
          payments: bucket.payments,
          previous_payments: bucket.previousPayments,
          attempts_succeeded: bucket.attemptsSucceeded,
          attempts_failed: bucket.attemptsFailed,
        })),
      },
      200,
    );
  },
);

const healthSchema = z
  .object({
    object: z.literal("channel_health"),
    minutes: z.number().int(),
    accounts: z.array(
      z.object({
        id: z.string(),
        merchant: z.object({ id: z.string(), name: z.string() }),
        channel: z.string(),
        label: z.string(),
        is_enabled: z.boolean(),
        state: z.enum(["good", "watch", "bad", "quiet"]),
        methods: z.array(
          z.object({
            method: z.string(),
            attempts: z.number().int(),
            succeeded: z.number().int(),
            failed: z.number().int(),
            unknown: z.number().int(),
          }),
        ),
        calls: z.object({
          answered: z.number().int(),
          lost: z.number().int(),
          p50_ms: z.number().nullable(),
          p95_ms: z.number().nullable(),
        }),
      }),
    ),
  })
  .openapi("ChannelHealth");

overview.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/health",
    tag,
    summary: "Read how each channel account does",
    permission: "overview:read",
    request: { query: z.strictObject({ mode, minutes: z.coerce.number().int().min(1).max(1_440).default(15) }) },
    answer: { status: 200, schema: healthSchema, description: "Every account, also those that nobody used." },
  }),
  async (c) => {
    const { mode: world, minutes } = c.req.valid("query");
    const accounts = await channelHealth({ livemode: world === "live", minutes, now: c.var.octx.now });
    return c.json(
      {
        object: "channel_health" as const,
        minutes,
        accounts: accounts.map(({ isEnabled, calls, methods, ...rest }) => ({
          ...rest,
          methods: [...methods],
          is_enabled: isEnabled,
          calls: { answered: calls.answered, lost: calls.lost, p50_ms: calls.p50 ?? null, p95_ms: calls.p95 ?? null },
        })),
      },
      200,
    );
  },
);

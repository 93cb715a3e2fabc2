import { z } from "@hono/zod-openapi";
import { readOverview } from "#lib/analytics/overview";
import { isTimeZone } from "#lib/analytics/period";
import { overviewSchema } from "#lib/analytics/schemas";
import { resource, route } from "./route.ts";

export const analytics = resource();

const day = z.iso.date({ error: "day_invalid" }).optional();

analytics.openapi(
  route({
    method: "get",
    path: "/v1/analytics/overview",
    tag: "Analytics",
    summary: "Read the numbers of a period",
    description:
      "What was received, refunded and kept, day by day (by the hour up to two days), each currency for itself, beside the period before. The thirty days that end today when no days are named; at most 366.",
    permission: "analytics:read",
    request: {
      query: z.strictObject({
        from: day.openapi({ description: "First day, `2026-01-01`." }),
        to: day.openapi({ description: "Last day, counted in full." }),
        time_zone: z
          .string()
          .max(64)
          .refine(isTimeZone, { error: "time_zone_unknown" })
          .optional()
          .openapi({ description: "IANA name; your own zone when left out.", example: "Asia/Shanghai" }),
        compare: z.enum(["previous_period", "none"]).default("previous_period"),
      }),
    },
    answer: { status: 200, schema: overviewSchema, description: "The numbers." },
  }),
  async (c) => {
    const { from, to, time_zone, compare } = c.req.valid("query");
    const overview = await readOverview(c.var.ctx, {
      ...(from && { from }),
      ...(to && { to }),
      ...(time_zone && { timeZone: time_zone }),
      isCompared: compare === "previous_period",
    });
    return c.json(overview, 200);
  },
);

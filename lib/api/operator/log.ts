import { z } from "@hono/zod-openapi";
import { namesOf } from "#lib/operator/approvals/list";
import { listOperatorLog } from "#lib/operator/list-log";
import { listQuery, listSchema, page, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** What operators did. */
export const log = resource();

const entrySchema = z
  .object({
    id: z.string(),
    object: z.literal("operator_log_entry"),
    operator: z.object({ id: z.string(), name: z.string() }),
    verb: z.string(),
    object_id: z.string(),
    merchant: z.object({ id: z.string(), name: z.string() }).nullable(),
    livemode: z.boolean().nullable(),
    change: z.record(z.string(), z.unknown()).nullable(),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string(),
    created_at: z.string(),
  })
  .openapi("OperatorLogEntry");

log.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/log",
    tag: "Log",
    summary: "List what operators did",
    permission: "log:read",
    request: {
      query: listQuery({
        operator: z.string().max(64).optional(),
        merchant: z.string().max(64).optional(),
        object: z.string().max(64).optional(),
        verb: z.string().max(64).optional(),
        created_from: z.iso.datetime({ offset: true }).optional(),
        created_to: z.iso.datetime({ offset: true }).optional(),
      }),
    },
    answer: { status: 200, schema: listSchema(entrySchema, "OperatorLog"), description: "One page." },
  }),
  async (c) => {
    const { limit, starting_after: after, operator, merchant, object, verb, ...period } = c.req.valid("query");
    const number = Number(after ?? Number.NaN);
    const rows = await listOperatorLog({
      limit,
      ...(operator && { operator }),
      ...(merchant && { merchant }),
      ...(object && { object }),
      ...(verb && { verb }),
      ...(period.created_from && { from: new Date(period.created_from) }),
      ...(period.created_to && { to: new Date(period.created_to) }),
      ...(Number.isSafeInteger(number) && { after: number }),
    });
    const names = await namesOf(rows.flatMap((row) => [row.operatorId, row.aboutMerchant]));
    const named = (id: string) => ({ id, name: names.get(id) ?? id });
    return c.json(
      page(rows, limit, (row) => ({
        id: String(row.number),
        object: "operator_log_entry" as const,
        operator: named(row.operatorId),
        verb: row.verb,
        object_id: row.objectId,
        merchant: row.aboutMerchant === null ? null : named(row.aboutMerchant),
        livemode: row.livemode,
        change: row.change,
        ip: row.ip,
        user_agent: row.userAgent,
        request_id: row.requestId,
        created_at: row.createdAt.toISOString(),
      })),
      200,
    );
  },
);

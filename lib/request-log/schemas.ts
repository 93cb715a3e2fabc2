import { z } from "@hono/zod-openapi";
import type { LoggedRequest } from "./list-requests.ts";

const example = {
  id: "log_7k2m9xqa01kahz3c5e7g9j1m3p5r",
  object: "request_log",
  livemode: false,
  request_id: "req_4d6f8h0k2n4q6s8v0x2z",
  actor: { type: "api_key", id: "key_7k2m9xqa01kahx9t1v3x5z7b9d1f" },
  method: "POST",
  path: "/v1/orders",
  status: 409,
  error_code: "duplicate_merchant_order_no",
  duration_ms: 12,
  ip: "203.0.113.7",
  user_agent: "shop/1.0",
  created_at: "2026-03-01T08:00:00.000Z",
};

export const requestLogSchema = z
  .object({
    id: z.string(),
    object: z.literal("request_log"),
    livemode: z.boolean(),
    request_id: z.string(),
    actor: z.object({ type: z.enum(["api_key", "user", "operator"]), id: z.string() }),
    method: z.string(),
    path: z.string(),
    status: z.number().int(),
    error_code: z.string().nullable(),
    duration_ms: z.number().int(),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("RequestLog", { example });

const body = z.string().nullable();

export const requestLogWithBodiesSchema = requestLogSchema
  .extend({
    request_body: body,
    response_body: body.openapi({ description: "Null for a read that succeeded: it can be had again." }),
  })
  .openapi("RequestLogWithBodies", {
    example: { ...example, request_body: '{"merchant_order_no":"A-1001"}', response_body: '{"status":409}' },
  });

export function requestLogJson(row: LoggedRequest): z.output<typeof requestLogSchema> {
  return {
    id: row.id,
    object: "request_log",
    livemode: row.livemode,
    request_id: row.requestId,
    actor: { type: row.actorType, id: row.actorId },
    method: row.method,
    path: row.path,
    status: row.status,
    error_code: row.errorCode,
    duration_ms: row.durationMs,
    ip: row.ip,
    user_agent: row.userAgent,
    created_at: row.createdAt.toISOString(),
  };
}

import { z } from "@hono/zod-openapi";
import type { NamedEntry } from "./list-entries.ts";

const changes = z.record(z.string(), z.unknown());

export const auditEntrySchema = z
  .object({
    id: z.string(),
    object: z.literal("audit_entry"),
    livemode: z.boolean(),
    actor: z.object({
      type: z.enum(["api_key", "user", "shopper", "channel", "system", "operator"]),
      id: z.string(),
      name: z.string().nullable(),
    }),
    verb: z.string(),
    object_id: z.string(),
    before: changes.nullable(),
    after: changes.nullable(),
    details: changes.nullable(),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string(),
    created_at: z.string(),
  })
  .openapi("AuditEntry", {
    example: {
      id: "aud_7k2m9xqa01kahz3c5e7g9j1m3p5r",
      object: "audit_entry",
      livemode: false,
      actor: { type: "user", id: "usr_01kahw2b4d6f8h0j2k", name: "Lin Yue" },
      verb: "webhook_endpoint.update",
      object_id: "we_7k2m9xqa01kahy4d6f8h0k2n4q6s",
      before: { url: "https://shop.example/hooks" },
      after: { url: "https://shop.example/webhooks" },
      details: null,
      ip: "203.0.113.7",
      user_agent: "Mozilla/5.0",
      request_id: "req_4d6f8h0k2n4q6s8v0x2z",
      created_at: "2026-03-01T08:00:00.000Z",
    },
  });

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function auditEntryJson(entry: NamedEntry): z.output<typeof auditEntrySchema> {
  const { before, after, ...details } = { ...entry.change, ...entry.personal } as Record<string, unknown>;
  return {
    id: entry.id,
    object: "audit_entry",
    livemode: entry.livemode,
    actor: { type: entry.actorType, id: entry.actorId, name: entry.actorName ?? null },
    verb: entry.verb,
    object_id: entry.objectId,
    before: isObject(before) ? before : null,
    after: isObject(after) ? after : null,
    details: Object.keys(details).length > 0 ? details : null,
    ip: entry.ip,
    user_agent: entry.userAgent,
    request_id: entry.requestId,
    created_at: entry.createdAt.toISOString(),
  };
}

export const auditVerificationSchema = z
  .object({
    object: z.literal("audit_verification"),
    seals: z.number().int(),
    entries: z.number().int(),
    head: z.string().nullable(),
    through: z.string().nullable(),
    broken: z
      .object({
        seal: z.number().int(),
        entry: z.string().nullable(),
        reason: z.enum(["changed", "deleted", "smuggled", "seal_missing", "seal_changed"]),
      })
      .nullable(),
  })
  .openapi("AuditVerification", {
    example: {
      object: "audit_verification",
      seals: 12,
      entries: 340,
      head: "5f0c…e1",
      through: "2026-03-01T08:00:00.000Z",
      broken: null,
    },
  });

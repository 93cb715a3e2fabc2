import { z } from "@hono/zod-openapi";
import { privacyKinds, privacyStatuses } from "#db/schema/privacy";
import type { PrivacyRequest } from "./store.ts";

export const privacyRequestSchema = z
  .object({
    id: z.string(),
    object: z.literal("privacy_request"),
    livemode: z.boolean(),
    kind: z.enum(privacyKinds),
    status: z.enum(privacyStatuses),
    subject_hint: z
      .string()
      .openapi({ description: "Enough to tell requests apart; the person's data itself is not shown." }),
    orders: z.int().openapi({ description: "Orders of the person that were found and dealt with so far." }),
    has_file: z.boolean(),
    failure_code: z.string().nullable(),
    created_at: z.string(),
    finished_at: z.string().nullable(),
    expires_at: z.string().nullable().openapi({ description: "Until then the file of an export can be fetched." }),
  })
  .openapi("PrivacyRequest", {
    example: {
      id: "prv_7k2m9xqa01kahz3c5e7g9j1m3p5r",
      object: "privacy_request",
      livemode: false,
      kind: "export",
      status: "succeeded",
      subject_hint: "l***@example.com",
      orders: 3,
      has_file: true,
      failure_code: null,
      created_at: "2026-03-01T08:00:00.000Z",
      finished_at: "2026-03-01T08:00:02.000Z",
      expires_at: "2026-03-08T08:00:02.000Z",
    },
  });

export type PrivacyRequestJson = z.output<typeof privacyRequestSchema>;

export function privacyRequestJson(row: PrivacyRequest): PrivacyRequestJson {
  return {
    id: row.id,
    object: "privacy_request",
    livemode: row.livemode,
    kind: row.kind,
    status: row.status,
    subject_hint: row.hint,
    orders: row.ordersDone,
    has_file: row.file !== null,
    failure_code: row.failureCode,
    created_at: row.createdAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
    expires_at: row.expiresAt?.toISOString() ?? null,
  };
}

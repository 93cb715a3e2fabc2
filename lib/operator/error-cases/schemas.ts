import { z } from "@hono/zod-openapi";
import { caseEndings, caseKinds } from "#db/schema/error-cases";
import type { ErrorCase } from "./cases.ts";

const person = z.object({ id: z.string(), name: z.string() });
const facts = z.record(z.string(), z.unknown());

export const errorCaseSchema = z
  .object({
    id: z.string(),
    object: z.literal("error_case"),
    kind: z.enum(caseKinds),
    merchant: person,
    livemode: z.boolean(),
    object_id: z.string(),
    order: z.string().nullable(),
    evidence: facts,
    state: z.enum(["open", "resolved"]),
    assigned_to: person.nullable(),
    due_at: z.string(),
    opened_at: z.string(),
    resolved_at: z.string().nullable(),
    ending: z.enum(caseEndings).nullable(),
    resolved_by: person.nullable(),
    resolution: z.string().nullable(),
    outcome: facts.nullable(),
  })
  .openapi("ErrorCase");

export function errorCaseJson(row: ErrorCase, names: ReadonlyMap<string, string>): z.output<typeof errorCaseSchema> {
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  return {
    id: row.id,
    object: "error_case",
    kind: row.kind,
    merchant: named(row.aboutMerchant),
    livemode: row.livemode,
    object_id: row.objectId,
    order: row.orderId,
    evidence: row.evidence,
    state: row.state,
    assigned_to: row.assignedTo === null ? null : named(row.assignedTo),
    due_at: row.dueAt.toISOString(),
    opened_at: row.openedAt.toISOString(),
    resolved_at: row.resolvedAt?.toISOString() ?? null,
    ending: row.ending,
    resolved_by: row.resolvedBy === null ? null : named(row.resolvedBy),
    resolution: row.resolution,
    outcome: row.outcome,
  };
}

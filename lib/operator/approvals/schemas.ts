import { z } from "@hono/zod-openapi";
import type { ApprovalRow } from "./propose.ts";

const facts = z.record(z.string(), z.unknown());
const person = z.object({ id: z.string(), name: z.string() });

export const approvalSchema = z
  .object({
    id: z.string(),
    object: z.literal("approval"),
    kind: z.string(),
    object_id: z.string(),
    merchant: person.nullable(),
    livemode: z.boolean().nullable(),
    payload: facts,
    /** The facts as the one who proposed saw them. */
    seen: facts,
    reason: z.string(),
    status: z.enum(["pending", "approved", "rejected", "withdrawn", "expired"]),
    proposed_by: person,
    created_at: z.string(),
    expires_at: z.string(),
    decided_by: person.nullable(),
    decided_at: z.string().nullable(),
    decision_reason: z.string().nullable(),
    seen_at_decision: facts.nullable(),
    outcome: facts.nullable(),
    /** Whether the reader may decide over it, and take it back. */
    may_decide: z.boolean(),
    may_withdraw: z.boolean(),
  })
  .openapi("Approval");

export const openApprovalSchema = approvalSchema
  .extend({
    now: z.object({ facts, version: z.string() }).nullable(),
    /** Code of the error that stands in the way as things are. */
    obstacle: z.string().nullable(),
  })
  .openapi("OpenApproval");

export const decideSchema = z.strictObject({
  decision: z.enum(["approve", "reject"]),
  reason: z.string().trim().min(1).max(1_000),
  version: z.string().max(64).optional(),
});

export function approvalJson(
  row: ApprovalRow,
  reader: { readonly now: Date; readonly mayDecide: boolean; readonly isOwn: boolean },
  names: ReadonlyMap<string, string>,
): z.output<typeof approvalSchema> {
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  const status = row.status === "pending" && row.expiresAt <= reader.now ? "expired" : row.status;
  return {
    id: row.id,
    object: "approval",
    kind: row.kind,
    object_id: row.objectId,
    merchant: named(row.aboutMerchant),
    livemode: row.livemode,
    payload: row.payload,
    seen: row.seen,
    reason: row.reason,
    status,
    proposed_by: { id: row.proposedBy, name: names.get(row.proposedBy) ?? row.proposedBy },
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    decided_by: named(row.decidedBy),
    decided_at: row.decidedAt?.toISOString() ?? null,
    decision_reason: row.decisionReason,
    seen_at_decision: row.seenAtDecision,
    outcome: row.outcome,
    may_decide: status === "pending" && reader.mayDecide,
    may_withdraw: status === "pending" && reader.isOwn,
  };
}

import { eq } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { approvals } from "#db/schema/operator";
import { NotFound } from "#lib/kernel/errors";
import type { OperatorContext } from "../context.ts";
import { ApprovalChanged, ApprovalOver, OperatorForbidden, SelfApproval } from "../errors.ts";
import { type Inside, inside, type Place, versionOf } from "./inside.ts";
import { kindNamed } from "./kinds.ts";
import type { ApprovalRow } from "./propose.ts";

export interface Decision {
  readonly decision: "approve" | "reject";
  readonly reason: string;
  /** Of the facts that the person saw; not asked of a rejection. */
  readonly version?: string;
}

/**
 * Approves a proposal and does what it says, in one transaction, or rejects it. Two who decide at the same time: the
 * second finds it decided.
 *
 * @throws NotFound, SelfApproval, OperatorForbidden, ApprovalOver, ApprovalChanged, or what the deed itself says
 */
export async function decide(octx: OperatorContext, id: string, input: Decision): Promise<ApprovalRow> {
  const row = await loadApproval(id);
  const kind = kindNamed(row.kind);
  if (row.proposedBy === octx.operator.id) throw new SelfApproval();
  if (!octx.may(kind.approve)) throw new OperatorForbidden(kind.approve);
  return inside(octx, placeOf(row), async (scene) => {
    await lockPending(scene, id);
    if (input.decision === "reject") return end(octx, scene, row, { status: "rejected", reason: input.reason });
    const seenAtDecision = await scene.look(kind, row.payload);
    if (versionOf(seenAtDecision) !== input.version) throw new ApprovalChanged();
    const outcome = await scene.carryOut(kind, row.payload);
    return end(octx, scene, row, { status: "approved", reason: input.reason, seenAtDecision, outcome });
  });
}

/** Takes one's own proposal back. @throws NotFound, OperatorForbidden, ApprovalOver */
export async function withdraw(octx: OperatorContext, id: string): Promise<ApprovalRow> {
  const row = await loadApproval(id);
  if (row.proposedBy !== octx.operator.id) throw new OperatorForbidden(kindNamed(row.kind).propose);
  return inside(octx, placeOf(row), async (scene) => {
    await lockPending(scene, id);
    return end(octx, scene, row, { status: "withdrawn", reason: "" });
  });
}

/** @throws NotFound */
export async function loadApproval(id: string): Promise<ApprovalRow> {
  const [row] = await operatorDatabase().select().from(approvals).where(eq(approvals.id, id));
  if (!row) throw new NotFound("approval");
  return row;
}

export function placeOf(row: ApprovalRow): Place | undefined {
  return row.aboutMerchant === null ? undefined : { merchantId: row.aboutMerchant, livemode: row.livemode ?? false };
}

async function lockPending({ db, now }: Inside, id: string): Promise<void> {
  const [row] = await db
    .select({ status: approvals.status, expiresAt: approvals.expiresAt })
    .from(approvals)
    .where(eq(approvals.id, id))
    .for("update");
  if (!row) throw new NotFound("approval");
  if (row.status !== "pending") throw new ApprovalOver(row.status);
  if (row.expiresAt <= now) throw new ApprovalOver("expired");
}

async function end(
  octx: OperatorContext,
  { db, now, record }: Inside,
  row: ApprovalRow,
  end: {
    status: "approved" | "rejected" | "withdrawn";
    reason: string;
    seenAtDecision?: Record<string, unknown>;
    outcome?: Record<string, unknown>;
  },
): Promise<ApprovalRow> {
  const { status, reason, ...result } = end;
  const [ended] = await db
    .update(approvals)
    .set({ status, decidedBy: octx.operator.id, decidedAt: now, decisionReason: reason, ...result })
    .where(eq(approvals.id, row.id))
    .returning();
  if (!ended) throw new NotFound("approval");
  const deed = {
    verb: `approval.${{ approved: "approve", rejected: "reject", withdrawn: "withdraw" }[status]}`,
    objectId: row.id,
    change: { kind: row.kind, object: row.objectId, ...(reason && { reason }) },
  };
  await record(deed);
  return ended;
}

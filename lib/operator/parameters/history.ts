import { and, desc, eq, lt } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { approvals } from "#db/schema/operator";
import { NotFound } from "#lib/kernel/errors";
import { isParameterName } from "#lib/parameters/parameters";

export interface ParameterChange {
  readonly id: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly approvalReason: string | null;
}

interface Paging {
  readonly limit: number;
  readonly after?: string | undefined;
}

/**
 * Every change of a parameter, the newest first; one more than asked. One proposal for a parameter is open at a time, so
 * that they were decided in the order of their ids.
 *
 * @throws NotFound
 */
export async function parameterHistory(name: string, { limit, after }: Paging): Promise<ParameterChange[]> {
  if (!isParameterName(name)) throw new NotFound("parameter");
  const rows = await operatorDatabase()
    .select()
    .from(approvals)
    .where(
      and(
        eq(approvals.kind, "parameter.set"),
        eq(approvals.objectId, name),
        eq(approvals.status, "approved"),
        after ? lt(approvals.id, after) : undefined,
      ),
    )
    .orderBy(desc(approvals.id))
    .limit(limit + 1);
  return rows.map((row) => ({
    id: row.id,
    from: (row.seenAtDecision ?? row.seen).before,
    to: row.payload.value,
    reason: row.reason,
    proposedBy: row.proposedBy,
    proposedAt: row.createdAt,
    approvedBy: row.decidedBy,
    approvedAt: row.decidedAt,
    approvalReason: row.decisionReason,
  }));
}

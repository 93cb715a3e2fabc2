import { and, asc, desc, eq, gt, inArray, lt, lte, ne, or, type SQL } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operators } from "#db/schema/access";
import { merchants } from "#db/schema/merchants";
import { approvals } from "#db/schema/operator";
import { AppError } from "#lib/kernel/errors";
import type { OperatorContext } from "../context.ts";
import { loadApproval, placeOf } from "./decide.ts";
import { inside, versionOf } from "./inside.ts";
import { kindNamed } from "./kinds.ts";
import type { ApprovalRow } from "./propose.ts";

export interface ApprovalFilter {
  /** `open` is pending and not lapsed. */
  readonly status?: "open" | "approved" | "rejected" | "withdrawn" | "expired";
  readonly merchant?: string;
  readonly limit: number;
  readonly after?: string;
}

/** One row more than the limit when there are more; open ones the first to lapse first, decided ones the newest first. */
export async function listApprovals(octx: OperatorContext, filter: ApprovalFilter): Promise<ApprovalRow[]> {
  const last = filter.after ? await loadApproval(filter.after) : undefined;
  const isOpen = filter.status === "open";
  return operatorDatabase()
    .select()
    .from(approvals)
    .where(
      and(
        filter.status && hasStatus(filter.status, octx.now),
        filter.merchant ? eq(approvals.aboutMerchant, filter.merchant) : undefined,
        last && (isOpen ? afterOpen(last) : lt(approvals.id, last.id)),
      ),
    )
    .orderBy(...(isOpen ? [asc(approvals.expiresAt), asc(approvals.id)] : [desc(approvals.id)]))
    .limit(filter.limit + 1);
}

function hasStatus(status: NonNullable<ApprovalFilter["status"]>, now: Date): SQL | undefined {
  if (status === "open") return and(eq(approvals.status, "pending"), gt(approvals.expiresAt, now));
  if (status === "expired") {
    return or(eq(approvals.status, "expired"), and(eq(approvals.status, "pending"), lte(approvals.expiresAt, now)));
  }
  return eq(approvals.status, status);
}

function afterOpen(last: ApprovalRow): SQL | undefined {
  return or(
    gt(approvals.expiresAt, last.expiresAt),
    and(eq(approvals.expiresAt, last.expiresAt), gt(approvals.id, last.id)),
  );
}

export interface ApprovalView {
  readonly row: ApprovalRow;
  /** The facts now, and their version; undefined once it is over. */
  readonly now: { readonly facts: Record<string, unknown>; readonly version: string } | undefined;
  /** Why it can't be done as things stand. */
  readonly obstacle: string | undefined;
}

/** One proposal with the facts as they are at this moment. @throws NotFound */
export async function readApproval(octx: OperatorContext, id: string): Promise<ApprovalView> {
  const row = await loadApproval(id);
  if (row.status !== "pending" || row.expiresAt <= octx.now) return { row, now: undefined, obstacle: undefined };
  const kind = kindNamed(row.kind);
  try {
    const facts = await inside(octx, placeOf(row), (scene) => scene.look(kind, row.payload));
    return { row, now: { facts, version: versionOf(facts) }, obstacle: undefined };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { row, now: undefined, obstacle: error.code };
  }
}

/** How many wait for this operator's decision. */
export async function countWaiting(octx: OperatorContext): Promise<number> {
  const rows = await operatorDatabase()
    .select({ kind: approvals.kind })
    .from(approvals)
    .where(
      and(
        eq(approvals.status, "pending"),
        gt(approvals.expiresAt, octx.now),
        ne(approvals.proposedBy, octx.operator.id),
      ),
    );
  return rows.filter((row) => octx.may(kindNamed(row.kind).approve)).length;
}

/** Names of operators and merchants, for lists that show ids of theirs. */
export async function namesOf(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const db = operatorDatabase();
  const [people, shops] = await Promise.all([
    db.select({ id: operators.id, name: operators.name }).from(operators).where(inArray(operators.id, wanted)),
    db
      .select({ id: merchants.merchantId, name: merchants.name })
      .from(merchants)
      .where(inArray(merchants.merchantId, wanted)),
  ]);
  return new Map([...people, ...shops].map(({ id, name }) => [id, name]));
}

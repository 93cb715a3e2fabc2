import { and, asc, count, desc, eq, gt, isNull, lt, lte, or } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { type CaseKind, errorCases } from "#db/schema/error-cases";
import { AppError, InvalidParam, NotFound } from "#lib/kernel/errors";
import type { OperatorContext } from "../context.ts";
import { recordHiddenDeedAt } from "../record.ts";
import { listWorkers } from "../tickets/change-ticket.ts";

export type ErrorCase = typeof errorCases.$inferSelect;

export interface CaseFilter {
  readonly state: "open" | "resolved";
  readonly kind?: CaseKind | undefined;
  readonly merchant?: string | undefined;
  /** An operator, or `none`. */
  readonly assigned?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Open ones the first due on top, resolved ones the newest first; one more than asked. */
export async function listCases(filter: CaseFilter): Promise<ErrorCase[]> {
  const { state, kind, merchant, assigned, limit, after } = filter;
  const last = after ? await findCase(after) : undefined;
  const isOpen = state === "open";
  const beyond =
    last &&
    (isOpen
      ? or(gt(errorCases.dueAt, last.dueAt), and(eq(errorCases.dueAt, last.dueAt), gt(errorCases.id, last.id)))
      : lt(errorCases.id, last.id));
  return operatorDatabase()
    .select()
    .from(errorCases)
    .where(
      and(
        eq(errorCases.state, state),
        kind && eq(errorCases.kind, kind),
        merchant ? eq(errorCases.aboutMerchant, merchant) : undefined,
        assigned
          ? assigned === "none"
            ? isNull(errorCases.assignedTo)
            : eq(errorCases.assignedTo, assigned)
          : undefined,
        beyond,
      ),
    )
    .orderBy(...(isOpen ? [asc(errorCases.dueAt), asc(errorCases.id)] : [desc(errorCases.id)]))
    .limit(limit + 1);
}

/** @throws NotFound */
export async function findCase(id: string): Promise<ErrorCase> {
  const [row] = await operatorDatabase().select().from(errorCases).where(eq(errorCases.id, id));
  if (!row) throw new NotFound("error_case");
  return row;
}

export async function countCases(octx: OperatorContext): Promise<{ readonly open: number; readonly overdue: number }> {
  const db = operatorDatabase();
  const isOpen = eq(errorCases.state, "open");
  const [[open], [overdue]] = await Promise.all([
    db.select({ number: count() }).from(errorCases).where(isOpen),
    db
      .select({ number: count() })
      .from(errorCases)
      .where(and(isOpen, lte(errorCases.dueAt, octx.now))),
  ]);
  return { open: open?.number ?? 0, overdue: overdue?.number ?? 0 };
}

type Change = Partial<Pick<ErrorCase, "state" | "assignedTo" | "ending" | "resolution" | "resolvedAt" | "resolvedBy">>;

/** Changes a case that is in `from`; one that two people end at once is ended by the first. */
async function change(
  octx: OperatorContext,
  id: string,
  from: ErrorCase["state"],
  set: Change,
  deed: { verb: string; change: Record<string, unknown> },
): Promise<ErrorCase> {
  const { aboutMerchant, livemode } = await findCase(id);
  return octx.at(aboutMerchant, livemode).transaction(async (tx) => {
    const [row] = await tx.db
      .update(errorCases)
      .set(set)
      .where(and(eq(errorCases.id, id), eq(errorCases.state, from)))
      .returning();
    if (!row) throw new AppError("conflict", from === "open" ? "error_case_resolved" : "error_case_open");
    await recordHiddenDeedAt(octx, tx, { ...deed, objectId: id });
    return row;
  });
}

/** @throws NotFound, AppError error_case_resolved */
export async function resolveCase(octx: OperatorContext, id: string, reason: string): Promise<ErrorCase> {
  const ended = { state: "resolved", ending: "by_operator", resolution: reason } as const;
  const set = { ...ended, resolvedAt: octx.now, resolvedBy: octx.operator.id };
  return change(octx, id, "open", set, { verb: "error_case.resolve", change: { reason } });
}

/** @throws NotFound, AppError error_case_open */
export async function reopenCase(octx: OperatorContext, id: string, reason: string): Promise<ErrorCase> {
  const set = { state: "open", ending: null, resolution: null, resolvedAt: null, resolvedBy: null } as const;
  return change(octx, id, "resolved", set, { verb: "error_case.reopen", change: { reason } });
}

/** @param assignedTo an operator who may work on it; null for nobody. @throws InvalidParam */
export async function assignCase(octx: OperatorContext, id: string, assignedTo: string | null): Promise<ErrorCase> {
  if (assignedTo !== null && !(await listWorkers()).some((worker) => worker.id === assignedTo)) {
    throw new InvalidParam("invalid_value", "assigned_to");
  }
  const deed = { verb: "error_case.assign", change: { after: { assigned_to: assignedTo } } };
  return change(octx, id, "open", { assignedTo }, deed);
}

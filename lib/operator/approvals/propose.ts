import { and, eq, sql } from "drizzle-orm";
import { approvals } from "#db/schema/operator";
import { InvalidParam } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { parameter } from "#lib/parameters/parameters";
import type { OperatorContext } from "../context.ts";
import { AlreadyProposed, OperatorForbidden } from "../errors.ts";
import { type Inside, inside, type Place } from "./inside.ts";
import { kindNamed } from "./kinds.ts";

export type ApprovalRow = typeof approvals.$inferSelect;

export interface Proposal {
  readonly kind: string;
  /** Where the deed belongs; none for the platform itself. */
  readonly place?: Place;
  readonly payload: Record<string, unknown>;
  readonly reason: string;
}

const hourMs = 3_600_000;

/**
 * Proposes a deed that somebody else has to approve. The facts are kept as they are now.
 *
 * @throws OperatorForbidden, AlreadyProposed, InvalidParam, or what the deed itself says when it is not possible
 */
export async function propose(octx: OperatorContext, input: Proposal): Promise<ApprovalRow> {
  const kind = kindNamed(input.kind);
  if (!octx.may(kind.propose)) throw new OperatorForbidden(kind.propose);
  if ((kind.scope === "merchant") !== (input.place !== undefined)) throw new InvalidParam("invalid_value", "merchant");
  const parsed = kind.payload.safeParse(input.payload);
  if (!parsed.success) {
    throw new InvalidParam("invalid_value", parsed.error.issues[0]?.path.join(".") || "payload");
  }
  const { data: payload } = parsed;
  const hours = await parameter("approval_hours");
  return inside(octx, input.place, async ({ db, now, look, record }) => {
    const objectId = kind.objectId(payload);
    // One that lapsed and was not swept yet must not stand in the way.
    await db
      .update(approvals)
      .set({ status: "expired" })
      .where(
        and(
          eq(approvals.kind, kind.kind),
          eq(approvals.objectId, objectId),
          eq(approvals.status, "pending"),
          sql`${approvals.expiresAt} <= ${now.toISOString()}::timestamptz`,
        ),
      );
    const [row] = await db
      .insert(approvals)
      .values({
        id: newPlatformId("approval", now.getTime()),
        kind: kind.kind,
        objectId,
        aboutMerchant: input.place?.merchantId ?? null,
        livemode: input.place?.livemode ?? null,
        payload,
        seen: await look(kind, payload),
        reason: input.reason,
        status: "pending",
        proposedBy: octx.operator.id,
        createdAt: now,
        expiresAt: new Date(now.getTime() + hours * hourMs),
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new AlreadyProposed(await openProposal(db, kind.kind, objectId));
    const deed = { verb: "approval.propose", objectId: row.id, change: { kind: kind.kind, reason: input.reason } };
    await record(deed);
    return row;
  });
}

async function openProposal(db: Inside["db"], kind: string, objectId: string): Promise<string> {
  const [row] = await db
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(eq(approvals.kind, kind), eq(approvals.objectId, objectId), eq(approvals.status, "pending")));
  return row?.id ?? "";
}

import { z } from "@hono/zod-openapi";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { impersonations } from "#db/schema/operator";
import { TimedCache } from "#lib/kernel/cache";
import { sha256Hex } from "#lib/kernel/crypto";
import { NotFound } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";
import { newPlatformId, randomToken } from "#lib/kernel/ids";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { merchantKind } from "../approvals/kind.ts";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt } from "../record.ts";

export type Impersonation = typeof impersonations.$inferSelect;

/** 32 characters of five bits: 160 random bits. */
const tokenLength = 32;
const minuteMs = 60_000;
const longestListed = 50;

const cache = processWide(
  "impersonations",
  () => new TimedCache<Impersonation | undefined>({ ttlMs: 3_000, max: 1_000 }),
);

/**
 * Opens a merchant's dashboard to the operator, to look and not to touch, for at most an hour. The merchant sees in its
 * activity log who came, why and when. Whoever opens another one leaves the one before.
 *
 * @returns the token for the browser's cookie
 * @throws NotFound
 */
export async function startImpersonation(
  octx: OperatorContext,
  input: { merchantId: string; reason: string; minutes: number },
): Promise<{ readonly row: Impersonation; readonly token: string }> {
  const token = randomToken(tokenLength);
  const ctx = octx.at(input.merchantId, false);
  await loadMerchant(ctx);
  const row = await ctx.transaction(async (tx) => {
    const { now } = tx;
    const left = await tx.db
      .update(impersonations)
      .set({ endedAt: now })
      .where(and(eq(impersonations.operatorId, octx.operator.id), isNull(impersonations.endedAt)))
      .returning({ hash: impersonations.hash });
    const [made] = await tx.db
      .insert(impersonations)
      .values({
        id: newPlatformId("impersonation", now.getTime()),
        operatorId: octx.operator.id,
        aboutMerchant: input.merchantId,
        hash: sha256Hex(token),
        reason: input.reason,
        createdAt: now,
        expiresAt: new Date(now.getTime() + input.minutes * minuteMs),
      })
      .returning();
    if (!made) throw new Error("impersonation not inserted");
    await recordDeedAt(octx, tx, {
      verb: "impersonation.start",
      objectId: made.id,
      change: { reason: input.reason, minutes: input.minutes, operator: octx.operator.name },
    });
    for (const { hash } of left) cache.forget(hash);
    return made;
  });
  return { row, token };
}

/** Leaves the merchant's dashboard. @throws NotFound */
export async function endImpersonation(octx: OperatorContext, id: string): Promise<void> {
  const [row] = await operatorDatabase()
    .select()
    .from(impersonations)
    .where(and(eq(impersonations.id, id), eq(impersonations.operatorId, octx.operator.id)));
  if (!row) throw new NotFound("impersonation");
  await octx.at(row.aboutMerchant, false).transaction(async (tx) => {
    const ended = await tx.db
      .update(impersonations)
      .set({ endedAt: tx.now })
      .where(and(eq(impersonations.id, id), isNull(impersonations.endedAt)))
      .returning({ id: impersonations.id });
    if (ended.length > 0) await recordDeedAt(octx, tx, { verb: "impersonation.end", objectId: id });
  });
  cache.forget(row.hash);
}

/** Whose dashboard the cookie's token opens to this operator; at most three seconds old. */
export async function impersonationOf(
  operatorId: string,
  token: string,
  now: Date,
): Promise<Impersonation | undefined> {
  const hash = sha256Hex(token);
  const row = await cache.get(hash, async () => {
    const [found] = await operatorDatabase().select().from(impersonations).where(eq(impersonations.hash, hash));
    return found;
  });
  const isOpen = row && row.operatorId === operatorId && !row.endedAt && row.expiresAt > now;
  return isOpen ? row : undefined;
}

/** Who has looked at a merchant, the latest first. */
export function listImpersonations(merchantId: string): Promise<Impersonation[]> {
  return operatorDatabase()
    .select()
    .from(impersonations)
    .where(eq(impersonations.aboutMerchant, merchantId))
    .orderBy(desc(impersonations.createdAt))
    .limit(longestListed);
}

const payload = z.strictObject({ impersonation: z.string().max(64) });

/** Lets an operator who is at a merchant's dashboard change things there, until that ends by itself. */
export const allowChanges = merchantKind({
  kind: "impersonation.allow_changes",
  propose: "merchants:impersonate",
  approve: "merchants:approve",
  payload,
  objectId: ({ impersonation }) => impersonation,
  async look(tx, { impersonation }) {
    const [row] = await tx.db
      .select()
      .from(impersonations)
      .where(
        and(
          eq(impersonations.id, impersonation),
          eq(impersonations.aboutMerchant, tx.merchantId),
          isNull(impersonations.endedAt),
          gt(impersonations.expiresAt, tx.now),
        ),
      );
    if (!row) throw new NotFound("impersonation", "impersonation");
    return { operator: row.operatorId, reason: row.reason, expires_at: row.expiresAt.toISOString() };
  },
  async carryOut(tx, { impersonation }, octx) {
    const [row] = await tx.db
      .update(impersonations)
      .set({ mayWrite: true })
      .where(eq(impersonations.id, impersonation))
      .returning();
    await recordDeedAt(octx, tx, { verb: "impersonation.allow_changes", objectId: impersonation });
    if (row) cache.forget(row.hash);
    return { impersonation, may_write: true };
  },
});

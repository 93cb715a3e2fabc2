import type { z } from "@hono/zod-openapi";
import { and, desc, eq, isNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { alertSilences } from "#db/schema/alerting";
import { NotFound } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";
import { loadRule } from "./rules.ts";
import type { createSilenceSchema } from "./schemas.ts";

export type Silence = typeof alertSilences.$inferSelect;

const mostShown = 100;

/** The newest first, also those that are over. */
export function listSilences(): Promise<Silence[]> {
  return operatorDatabase().select().from(alertSilences).orderBy(desc(alertSilences.id)).limit(mostShown);
}

/** Nobody is told for a while; the console goes on showing it. @throws NotFound */
export async function createSilence(
  octx: OperatorContext,
  { rule, subject, minutes, reason }: z.output<typeof createSilenceSchema>,
): Promise<Silence> {
  await loadRule(rule);
  return octx.transaction(async (tx) => {
    const id = newPlatformId("alertSilence", tx.now.getTime());
    const until = new Date(tx.now.getTime() + minutes * 60_000);
    const values = { id, ruleId: rule, subject, reason, until, createdBy: octx.operator.id, createdAt: tx.now };
    const [silence] = await tx.db.insert(alertSilences).values(values).returning();
    if (!silence) throw new Error("silence not kept");
    const after = { rule, subject, until: until.toISOString(), reason };
    await recordDeed(tx, { verb: "alert.silence", objectId: id, change: { after } });
    return silence;
  });
}

/** @throws NotFound when there is none, or it is over already */
export async function endSilence(octx: OperatorContext, id: string): Promise<Silence> {
  return octx.transaction(async (tx) => {
    const [silence] = await tx.db
      .update(alertSilences)
      .set({ endedAt: tx.now })
      .where(and(eq(alertSilences.id, id), isNull(alertSilences.endedAt)))
      .returning();
    if (!silence) throw new NotFound("alert_silence");
    await recordDeed(tx, { verb: "alert.unsilence", objectId: id, change: { rule: silence.ruleId } });
    return silence;
  });
}

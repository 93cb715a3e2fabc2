import { and, eq, inArray, sql } from "drizzle-orm";
import { alertNotices, alertRules, alertSamples, alertSilences, alerts } from "#db/schema/alerting";
import { AppError, NotFound } from "#lib/kernel/errors";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";

/**
 * Takes a further rule away with all that it saw. The last one of a measure stays, and can be switched off: a measure
 * without a rule would be missed by nobody.
 *
 * @throws NotFound, AppError alert_rule_needed
 */
export async function removeRule(octx: OperatorContext, id: string): Promise<void> {
  await octx.transaction(async (tx) => {
    const { db } = tx;
    const [named] = await db.select({ metric: alertRules.metric }).from(alertRules).where(eq(alertRules.id, id));
    if (!named) throw new NotFound("alert_rule");
    // All of the measure are locked, in one order, so that two people can't take away the last two at once.
    const alike = await db
      .select()
      .from(alertRules)
      .where(eq(alertRules.metric, named.metric))
      .orderBy(alertRules.id)
      .for("update");
    const rule = alike.find((one) => one.id === id);
    if (!rule) throw new NotFound("alert_rule");
    // As the look at a rule does: what it writes while it is taken away would belong to nothing.
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`alert:${id}`}, 0))`);
    if (alike.length === 1) throw new AppError("conflict", "alert_rule_needed");
    const seen = db.select({ id: alerts.id }).from(alerts).where(eq(alerts.ruleId, id));
    await db.delete(alertNotices).where(and(inArray(alertNotices.alertId, seen), eq(alertNotices.status, "pending")));
    await db.delete(alerts).where(eq(alerts.ruleId, id));
    await db.delete(alertSamples).where(eq(alertSamples.ruleId, id));
    await db.delete(alertSilences).where(eq(alertSilences.ruleId, id));
    await db.delete(alertRules).where(eq(alertRules.id, id));
    const { metric, name, threshold, severity, receivers } = rule;
    await recordDeed(tx, {
      verb: "alert_rule.delete",
      objectId: id,
      change: { before: { metric, name, threshold, severity, receivers } },
    });
  });
}

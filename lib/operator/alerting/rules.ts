import type { z } from "@hono/zod-openapi";
import { and, asc, count, desc, eq, gte, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { alertRules, alertSamples, alerts } from "#db/schema/alerting";
import { difference } from "#lib/audit/difference";
import { NotFound } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";
import { evaluateRule } from "./evaluate.ts";
import type { Rule } from "./judge.ts";
import { metricKinds, worseOf } from "./metrics.ts";
import type { createRuleSchema, updateRuleSchema } from "./schemas.ts";

export interface RuleView {
  readonly rule: Rule;
  readonly current: { readonly value: number; readonly subject: string; readonly at: Date } | undefined;
  readonly firing: number;
}

const freshMs = 2 * 3_600_000;

/** Every rule with the worst of its newest values and how much of what it watches fires. */
export async function listRules(now: Date): Promise<RuleView[]> {
  const db = operatorDatabase();
  const [rules, newest, firing] = await Promise.all([
    db.select().from(alertRules).orderBy(asc(alertRules.createdAt), asc(alertRules.id)),
    db
      .selectDistinctOn([alertSamples.ruleId, alertSamples.subject])
      .from(alertSamples)
      .where(gte(alertSamples.at, new Date(now.getTime() - freshMs)))
      .orderBy(alertSamples.ruleId, alertSamples.subject, desc(alertSamples.at)),
    db
      .select({ ruleId: alerts.ruleId, firing: count() })
      .from(alerts)
      .where(eq(alerts.status, "firing"))
      .groupBy(alerts.ruleId),
  ]);
  return rules.map((rule) => {
    const own = newest.filter(({ ruleId, cases }) => ruleId === rule.id && cases >= rule.minSample);
    const worst = own.reduce<(typeof own)[number] | undefined>(
      (found, one) => (found && worseOf(rule.metric, found.value, one.value) === found.value ? found : one),
      undefined,
    );
    return { rule, current: worst, firing: firing.find(({ ruleId }) => ruleId === rule.id)?.firing ?? 0 };
  });
}

/** @throws NotFound */
export async function loadRule(id: string): Promise<Rule> {
  const [rule] = await operatorDatabase().select().from(alertRules).where(eq(alertRules.id, id));
  if (!rule) throw new NotFound("alert_rule");
  return rule;
}

const bucketMinutes = 15;
const shownMs = 86_400_000;

/** The last day in quarters of an hour, of each the worst value. @throws NotFound */
export async function ruleSamples(id: string, now: Date) {
  const rule = await loadRule(id);
  const worst = metricKinds[rule.metric].isBad === "below" ? sql`min(value)` : sql`max(value)`;
  const from = new Date(now.getTime() - shownMs).toISOString();
  const points = await operatorDatabase().execute<{ at: string; value: number }>(sql`
    select date_bin(${`${bucketMinutes} minutes`}::interval, at, 'epoch') as at, ${worst} as value
    from alert_samples where rule_id = ${id} and at >= ${from}::timestamptz and cases >= ${rule.minSample}
    group by 1 order by 1`);
  return { rule, points: points.map(({ at, value }) => ({ at: new Date(at).toISOString(), value: Number(value) })) };
}

type RuleInput = z.output<typeof updateRuleSchema>;

function columnsOf(input: RuleInput) {
  const { name, threshold, severity, receivers } = input;
  return {
    ...(name !== undefined && { name }),
    ...(threshold !== undefined && { threshold }),
    ...(severity !== undefined && { severity }),
    ...(receivers !== undefined && { receivers }),
    ...(input.window_minutes !== undefined && { windowMinutes: input.window_minutes }),
    ...(input.min_sample !== undefined && { minSample: input.min_sample }),
    ...(input.is_on !== undefined && { isOn: input.is_on }),
    ...(input.quiet_from !== undefined && { quietFrom: input.quiet_from }),
    ...(input.quiet_to !== undefined && { quietTo: input.quiet_to }),
    ...(input.time_zone !== undefined && { timeZone: input.time_zone }),
    ...(input.remind_minutes !== undefined && { remindMinutes: input.remind_minutes }),
  };
}

export async function createRule(octx: OperatorContext, input: z.output<typeof createRuleSchema>): Promise<Rule> {
  return octx.transaction(async (tx) => {
    const { metric, ...fields } = input;
    const { name, threshold, severity, receivers } = fields;
    const id = newPlatformId("alertRule", tx.now.getTime());
    const [rule] = await tx.db
      .insert(alertRules)
      .values({
        id,
        metric,
        name,
        threshold,
        severity,
        receivers,
        windowMinutes: fields.window_minutes,
        minSample: fields.min_sample,
        isOn: fields.is_on,
        quietFrom: fields.quiet_from,
        quietTo: fields.quiet_to,
        timeZone: fields.time_zone,
        remindMinutes: fields.remind_minutes,
        createdAt: tx.now,
      })
      .returning();
    if (!rule) throw new Error("alert rule not kept");
    await recordDeed(tx, { verb: "alert_rule.create", objectId: id, change: { after: { metric, ...fields } } });
    return rule;
  });
}

/** Judged anew at once, so that whoever moves a threshold sees what it does. @throws NotFound */
export async function updateRule(octx: OperatorContext, id: string, input: RuleInput): Promise<Rule> {
  const rule = await changeRule(octx, id, input);
  if (rule.isOn) {
    await evaluateRule(rule, octx.now).catch((error: unknown) => {
      log.error({ err: error, rule: id }, "alert rule not evaluated");
    });
  }
  return rule;
}

function changeRule(octx: OperatorContext, id: string, input: RuleInput): Promise<Rule> {
  return octx.transaction(async (tx) => {
    const [before] = await tx.db.select().from(alertRules).where(eq(alertRules.id, id)).for("update");
    if (!before) throw new NotFound("alert_rule");
    const change = columnsOf(input);
    const [rule] = await tx.db
      .update(alertRules)
      .set({ ...change, updatedAt: tx.now })
      .where(eq(alertRules.id, id))
      .returning();
    if (!rule) throw new NotFound("alert_rule");
    // What was seen by the rule as it was must not stand for what it sees now.
    const sinceMs = tx.now.getTime() - metricKinds[rule.metric].everyMinutes * 60_000;
    await tx.db.delete(alertSamples).where(and(eq(alertSamples.ruleId, id), gte(alertSamples.at, new Date(sinceMs))));
    if (input.is_on === false) {
      // Nobody looks any more, so nothing may seem to fire for ever.
      const over = { status: "resolved", resolvedAt: tx.now, toldResolvedAt: tx.now } as const;
      await tx.db
        .update(alerts)
        .set(over)
        .where(and(eq(alerts.ruleId, id), eq(alerts.status, "firing")));
    }
    await recordDeed(tx, {
      verb: "alert_rule.update",
      objectId: id,
      change: difference(before, { ...before, ...change }),
    });
    return rule;
  });
}

import { and, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { alertNotices, alertRules, alertSamples, alertSilences, alerts } from "#db/schema/alerting";
import { newPlatformId } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";
import { type Alert, judge, noticeDue, type Rule } from "./judge.ts";
import { measures, type Reading } from "./measure.ts";
import { firstRules, metricKinds, worseOf } from "./metrics.ts";
import { queueNotices } from "./notices.ts";
import { isQuiet } from "./quiet.ts";

type Session = Parameters<Parameters<ReturnType<typeof operatorDatabase>["transaction"]>[0]>[0];

const sampleLifeMs = 2 * 86_400_000;
const noticeLifeMs = 90 * 86_400_000;

/** Looks at every rule that is due, and tells whoever is to be told. Two processes at once do it once. @returns alerts that fire */
export async function evaluateAlerts(now: Date): Promise<number> {
  const database = operatorDatabase();
  await database.delete(alertSamples).where(lt(alertSamples.at, new Date(now.getTime() - sampleLifeMs)));
  await database.delete(alertNotices).where(lt(alertNotices.createdAt, new Date(now.getTime() - noticeLifeMs)));
  await seedRules(now);
  const rules = await database.select().from(alertRules).where(eq(alertRules.isOn, true));
  let firing = 0;
  for (const rule of rules) {
    // One that can't be measured must not keep the others from being looked at.
    firing += await evaluateRule(rule, now).catch((error: unknown) => {
      log.error({ err: error, rule: rule.id }, "alert rule not evaluated");
      return 0;
    });
  }
  return firing;
}

/** Looks at one rule. @returns how much of what it watches fires */
export async function evaluateRule(rule: Rule, now: Date): Promise<number> {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const readings = (await isDue(rule, minute)) ? await measures[rule.metric](now, rule.windowMinutes) : undefined;
  return operatorDatabase().transaction(async (db) => {
    // Whoever comes second finds the samples of this minute written, and only tells what is left to tell.
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`alert:${rule.id}`}, 0))`);
    if ((await db.$count(alertRules, eq(alertRules.id, rule.id))) === 0) return 0;
    const current = readings && (await keepSamples(db, rule, readings, minute));
    if (current) await apply(db, rule, current, now);
    await tell(db, rule, now);
    return db.$count(alerts, and(eq(alerts.ruleId, rule.id), eq(alerts.status, "firing")));
  });
}

async function isDue(rule: Rule, minute: Date): Promise<boolean> {
  const since = new Date(minute.getTime() - (metricKinds[rule.metric].everyMinutes - 1) * 60_000);
  const [last] = await operatorDatabase()
    .select({ at: alertSamples.at })
    .from(alertSamples)
    .where(and(eq(alertSamples.ruleId, rule.id), sql`${alertSamples.at} >= ${since.toISOString()}::timestamptz`))
    .limit(1);
  return !last;
}

/** @returns undefined when another process was quicker */
async function keepSamples(db: Session, rule: Rule, readings: Reading[], at: Date): Promise<Reading[] | undefined> {
  if (readings.length === 0) return readings;
  const rows = readings.map(({ subject, value, cases }) => ({ ruleId: rule.id, subject, at, value, cases }));
  const kept = await db.insert(alertSamples).values(rows).onConflictDoNothing().returning({ at: alertSamples.at });
  return kept.length > 0 ? readings : undefined;
}

/** Opens, keeps up and resolves the alerts of a rule. */
async function apply(db: Session, rule: Rule, readings: readonly Reading[], now: Date): Promise<void> {
  const open = await db
    .select()
    .from(alerts)
    .where(and(eq(alerts.ruleId, rule.id), eq(alerts.status, "firing")));
  const bySubject = new Map(readings.map((reading) => [reading.subject, reading]));
  for (const subject of new Set([...bySubject.keys(), ...open.map((alert) => alert.subject)])) {
    const alert = open.find((one) => one.subject === subject);
    const reading = bySubject.get(subject);
    const judgement = judge(rule, alert, reading, now);
    if (judgement === "open" && reading) await insertAlert(db, rule, reading, now);
    if (judgement === "still" && reading && alert) {
      const { value } = reading;
      const worst = worseOf(rule.metric, alert.worst, value);
      await db.update(alerts).set({ value, worst, seenAt: now }).where(eq(alerts.id, alert.id));
    }
    if (judgement === "resolve" && alert) {
      const change = { status: "resolved", resolvedAt: now, value: reading?.value ?? alert.value } as const;
      await db.update(alerts).set(change).where(eq(alerts.id, alert.id));
    }
  }
}

async function insertAlert(db: Session, rule: Rule, { subject, merchantId, value }: Reading, now: Date): Promise<void> {
  await db.insert(alerts).values({
    id: newPlatformId("alert", now.getTime()),
    ruleId: rule.id,
    subject,
    aboutMerchant: merchantId ?? null,
    status: "firing",
    severity: rule.severity,
    threshold: rule.threshold,
    value,
    worst: value,
    openedAt: now,
    seenAt: now,
  });
}

async function tell(db: Session, rule: Rule, now: Date): Promise<void> {
  const rows = await db
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.ruleId, rule.id),
        or(eq(alerts.status, "firing"), and(eq(alerts.status, "resolved"), isNull(alerts.toldResolvedAt))),
      ),
    );
  if (rows.length === 0) return;
  const silences = await db
    .select()
    .from(alertSilences)
    .where(and(eq(alertSilences.ruleId, rule.id), gt(alertSilences.until, now), isNull(alertSilences.endedAt)));
  const quiet = isQuiet(rule, now);
  const unheard: string[] = [];
  for (const alert of rows) {
    const isSilent = silences.some(({ subject }) => subject === null || subject === alert.subject);
    const due = noticeDue(rule, alert, quiet || isSilent, now);
    if (due) {
      await queueNotices(db, rule, alert, due, now);
      await db
        .update(alerts)
        .set(due === "resolved" ? { toldResolvedAt: now } : { toldAt: now })
        .where(isAlert(alert));
    } else if (alert.status === "resolved" && !alert.toldAt) unheard.push(alert.id);
  }
  // Nobody heard that it was bad, so nobody needs to hear that it is good again.
  if (unheard.length > 0) await db.update(alerts).set({ toldResolvedAt: now }).where(inArray(alerts.id, unheard));
}

const isAlert = (alert: Alert) => eq(alerts.id, alert.id);

async function seedRules(now: Date): Promise<void> {
  const database = operatorDatabase();
  if ((await database.$count(alertRules)) > 0) return;
  const rows = firstRules.map((rule) => ({
    ...rule,
    id: `alr_${rule.metric}`,
    name: "",
    severity:
      rule.metric === "ledger_check" || rule.metric === "page_changes" ? ("critical" as const) : ("warning" as const),
    timeZone: "UTC",
    remindMinutes: 240,
    receivers: [],
    createdAt: now,
  }));
  await database.insert(alertRules).values(rows).onConflictDoNothing();
}

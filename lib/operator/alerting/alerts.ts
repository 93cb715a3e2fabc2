import { and, desc, eq, gt, inArray, isNull, lt, type SQL } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { alertRules, alertSilences, alerts } from "#db/schema/alerting";
import { channelAccounts } from "#db/schema/channel-accounts";
import { merchants } from "#db/schema/merchants";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import type { Alert, Rule } from "./judge.ts";

export interface AlertView {
  readonly alert: Alert;
  readonly rule: Rule;
  readonly subject: { readonly id: string; readonly name: string; readonly merchant: string } | undefined;
  readonly silencedUntil: Date | undefined;
}

export interface AlertFilter {
  readonly status?: Alert["status"] | undefined;
  readonly limit: number;
  readonly starting_after?: string | undefined;
}

/** The newest first; one more than the limit when there are more. */
export async function listAlerts(filter: AlertFilter, now: Date): Promise<AlertView[]> {
  const db = operatorDatabase();
  const conditions: (SQL | undefined)[] = [
    filter.status && eq(alerts.status, filter.status),
    filter.starting_after ? lt(alerts.id, filter.starting_after) : undefined,
  ];
  const rows = await db
    .select({ alert: alerts, rule: alertRules })
    .from(alerts)
    .innerJoin(alertRules, eq(alertRules.id, alerts.ruleId))
    .where(and(...conditions))
    .orderBy(desc(alerts.id))
    .limit(filter.limit + 1);
  const subjects = [...new Set(rows.map(({ alert }) => alert.subject).filter(Boolean))];
  const [named, silences] = await Promise.all([
    namesOf(subjects),
    db
      .select()
      .from(alertSilences)
      .where(and(gt(alertSilences.until, now), isNull(alertSilences.endedAt))),
  ]);
  return rows.map(({ alert, rule }) => {
    const until = silences
      .filter(({ ruleId, subject }) => ruleId === rule.id && (subject === null || subject === alert.subject))
      .map((silence) => silence.until.getTime());
    return {
      alert,
      rule,
      subject: named.find(({ id }) => id === alert.subject),
      silencedUntil: until.length > 0 ? new Date(Math.max(...until)) : undefined,
    };
  });
}

/** Channel accounts by their merchants; the platform's own belong to none. */
async function namesOf(subjects: string[]): Promise<{ id: string; name: string; merchant: string }[]> {
  if (subjects.length === 0) return [];
  const db = operatorDatabase();
  const [accounts, lenders] = await Promise.all([
    db
      .select({ id: channelAccounts.id, name: channelAccounts.label, merchant: merchants.name })
      .from(channelAccounts)
      .innerJoin(merchants, eq(merchants.merchantId, channelAccounts.merchantId))
      .where(inArray(channelAccounts.id, subjects)),
    db
      .select({ id: platformChannelAccounts.id, name: platformChannelAccounts.label })
      .from(platformChannelAccounts)
      .where(inArray(platformChannelAccounts.id, subjects)),
  ]);
  return [...accounts, ...lenders.map((lender) => ({ ...lender, merchant: "" }))];
}

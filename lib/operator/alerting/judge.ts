import type { alertRules, alerts } from "#db/schema/alerting";
import type { Reading } from "./measure.ts";
import { isBeyond } from "./metrics.ts";

export type Rule = typeof alertRules.$inferSelect;
export type Alert = typeof alerts.$inferSelect;

/** Nothing heard for so long, an alert ends by itself: nobody uses that channel account any more. */
const longestSilenceMs = 3_600_000;

export type Judgement = "open" | "still" | "resolve" | "none";

/** What a reading means for the alert that is open about it, or is not. */
export function judge(rule: Rule, open: Alert | undefined, reading: Reading | undefined, now: Date): Judgement {
  if (!reading || reading.cases < rule.minSample) {
    const patienceMs = Math.max(longestSilenceMs, rule.windowMinutes * 60_000);
    return open && now.getTime() - open.seenAt.getTime() > patienceMs ? "resolve" : "none";
  }
  if (isBeyond(rule.metric, reading.value, rule.threshold)) return open ? "still" : "open";
  return open ? "resolve" : "none";
}

export type NoticeKind = "firing" | "reminder" | "resolved";

/** What is to be said about an alert now: once that it is bad, again while it stays so, once that it is good again. */
export function noticeDue(rule: Rule, alert: Alert, isHeldBack: boolean, now: Date): NoticeKind | undefined {
  if (isHeldBack) return undefined;
  if (alert.status === "resolved") return alert.toldAt && !alert.toldResolvedAt ? "resolved" : undefined;
  if (!alert.toldAt) return "firing";
  const isTime = rule.remindMinutes > 0 && now.getTime() - alert.toldAt.getTime() >= rule.remindMinutes * 60_000;
  return isTime ? "reminder" : undefined;
}

import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

export const alertMetrics = [
  "success_rate",
  "latency_p95",
  "webhook_delay",
  "jobs_failed",
  "ledger_check",
  "certificate_days",
  "disk_free",
  "page_changes",
] as const;
export type AlertMetric = (typeof alertMetrics)[number];

export const alertSeverities = ["warning", "critical"] as const;
export const receiverKinds = ["email", "dingtalk", "feishu", "webhook", "sms"] as const;
export type ReceiverKind = (typeof receiverKinds)[number];

/** What is watched, and when it is bad enough to tell somebody. */
export const alertRules = pgTable("alert_rules", {
  id: text("id").primaryKey(),
  metric: text("metric", { enum: alertMetrics }).notNull(),
  name: text("name").notNull(),
  /** In the metric's own unit (lib/operator/alerting/metrics.ts). */
  threshold: doublePrecision("threshold").notNull(),
  windowMinutes: integer("window_minutes").notNull(),
  /** Fewer cases than this say nothing. */
  minSample: integer("min_sample").notNull(),
  severity: text("severity", { enum: alertSeverities }).notNull(),
  isOn: boolean("is_on").notNull().default(true),
  /** Minutes of the day between which nobody is disturbed; from later than to means over midnight. */
  quietFrom: integer("quiet_from"),
  quietTo: integer("quiet_to"),
  /** IANA name, for the quiet time. */
  timeZone: text("time_zone").notNull(),
  remindMinutes: integer("remind_minutes").notNull(),
  receivers: jsonb("receivers").$type<string[]>().notNull(),
  createdAt: createdAt(),
  updatedAt: instant("updated_at"),
});

/** One thing that a rule watches and that is, or was, beyond its threshold. */
export const alerts = pgTable(
  "alerts",
  {
    id: text("id").primaryKey(),
    ruleId: text("rule_id").notNull(),
    /** A channel account, or empty for the platform. */
    subject: text("subject").notNull(),
    aboutMerchant: text("about_merchant"),
    status: text("status", { enum: ["firing", "resolved"] }).notNull(),
    severity: text("severity", { enum: alertSeverities }).notNull(),
    threshold: doublePrecision("threshold").notNull(),
    /** The newest value, and the one furthest beyond the threshold. */
    value: doublePrecision("value").notNull(),
    worst: doublePrecision("worst").notNull(),
    openedAt: instant("opened_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    resolvedAt: instant("resolved_at"),
    /** When somebody was last told that it is bad, and that it is good again. */
    toldAt: instant("told_at"),
    toldResolvedAt: instant("told_resolved_at"),
  },
  (t) => [
    uniqueIndex("alerts_open").on(t.ruleId, t.subject).where(sql`${t.status} = 'firing'`),
    index("alerts_to_tell").on(t.ruleId).where(sql`${t.status} = 'resolved' and ${t.toldResolvedAt} is null`),
    index("alerts_by_opening").on(t.openedAt), // history
  ],
);

/** What a rule saw, minute by minute; two days of it. */
export const alertSamples = pgTable(
  "alert_samples",
  {
    ruleId: text("rule_id").notNull(),
    subject: text("subject").notNull(),
    at: instant("at").notNull(),
    value: doublePrecision("value").notNull(),
    /** Over how many cases. */
    cases: integer("cases").notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.subject, t.at] }), index("alert_samples_by_age").on(t.at)],
);

/** Until when nobody is told of a rule, or of one thing that it watches. */
export const alertSilences = pgTable(
  "alert_silences",
  {
    id: text("id").primaryKey(),
    ruleId: text("rule_id").notNull(),
    /** Null: all that the rule watches. */
    subject: text("subject"),
    reason: text("reason").notNull(),
    until: instant("until").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    endedAt: instant("ended_at"),
  },
  (t) => [index("alert_silences_by_end").on(t.until)],
);

/** Who is told. */
export const alertReceivers = pgTable("alert_receivers", {
  id: text("id").primaryKey(),
  kind: text("kind", { enum: receiverKinds }).notNull(),
  name: text("name").notNull(),
  /** Sealed JSON of address and secrets (lib/alert-receivers). */
  sealed: text("sealed").notNull(),
  /** Where it goes, as far as everybody may know it. */
  hint: text("hint").notNull(),
  isOn: boolean("is_on").notNull().default(true),
  createdAt: createdAt(),
});

/** One message to one receiver. */
export const alertNotices = pgTable(
  "alert_notices",
  {
    id: text("id").primaryKey(),
    /** Null for a test message. */
    alertId: text("alert_id"),
    receiverId: text("receiver_id").notNull(),
    kind: text("kind", { enum: ["firing", "reminder", "resolved", "test"] }).notNull(),
    message: jsonb("message")
      .$type<{ title: string; text: string; severity: string; data: Record<string, unknown> }>()
      .notNull(),
    status: text("status", { enum: ["pending", "sent", "failed"] }).notNull(),
    tries: integer("tries").notNull().default(0),
    /** Why it did not arrive: our word, or the receiver's. */
    error: text("error"),
    createdAt: createdAt(),
    sentAt: instant("sent_at"),
  },
  (t) => [index("alert_notices_by_alert").on(t.alertId, t.id), index("alert_notices_by_age").on(t.createdAt)],
);

import { z } from "@hono/zod-openapi";
import { alertMetrics, alertSeverities, receiverKinds } from "#db/schema/alerting";
import { receiverConfig } from "#lib/alerting/receivers/all";
import { isTimeZone } from "#lib/merchants/time-zones";

const minuteOfDay = z.number().int().min(0).max(1_439).nullable();

const ruleFields = {
  name: z.string().trim().max(100),
  threshold: z.number().min(0).max(1e9),
  window_minutes: z.number().int().min(1).max(1_440),
  min_sample: z.number().int().min(1).max(100_000),
  severity: z.enum(alertSeverities),
  is_on: z.boolean(),
  quiet_from: minuteOfDay,
  quiet_to: minuteOfDay,
  time_zone: z.string().max(64).refine(isTimeZone, { error: "time_zone_unknown" }),
  /** 0: never again. */
  remind_minutes: z.number().int().min(0).max(10_080),
  receivers: z.array(z.string().max(64)).max(20),
};

export const updateRuleSchema = z.strictObject(ruleFields).partial();
export const createRuleSchema = z.strictObject({
  metric: z.enum(alertMetrics),
  ...ruleFields,
  name: ruleFields.name.min(1),
});

export const ruleSchema = z
  .object({
    id: z.string(),
    object: z.literal("alert_rule"),
    metric: z.enum(alertMetrics),
    unit: z.enum(["share", "ms", "seconds", "count", "days"]),
    is_bad: z.enum(["below", "above"]),
    per_account: z.boolean(),
    ...ruleFields,
    /** The worst of the newest values, and of what. */
    current: z.object({ value: z.number(), subject: z.string().nullable(), at: z.string() }).nullable(),
    firing: z.number().int(),
  })
  .openapi("AlertRule");

export const deletedRuleSchema = z.object({
  id: z.string(),
  object: z.literal("alert_rule"),
  deleted: z.literal(true),
});

export const alertSchema = z
  .object({
    id: z.string(),
    object: z.literal("alert"),
    rule: z.string(),
    rule_name: z.string(),
    metric: z.enum(alertMetrics),
    unit: z.enum(["share", "ms", "seconds", "count", "days"]),
    subject: z.object({ id: z.string(), name: z.string(), merchant: z.string() }).nullable(),
    status: z.enum(["firing", "resolved"]),
    severity: z.enum(alertSeverities),
    threshold: z.number(),
    value: z.number(),
    worst: z.number(),
    opened_at: z.string(),
    resolved_at: z.string().nullable(),
    told_at: z.string().nullable(),
    /** Until when nobody is told of it. */
    silenced_until: z.string().nullable(),
  })
  .openapi("Alert");

export const samplesSchema = z
  .object({
    object: z.literal("alert_samples"),
    threshold: z.number(),
    points: z.array(z.object({ at: z.string(), value: z.number() })),
  })
  .openapi("AlertSamples");

export const createSilenceSchema = z.strictObject({
  rule: z.string().max(64),
  subject: z.string().max(64).nullable().default(null),
  minutes: z.number().int().min(5).max(43_200),
  reason: z.string().trim().min(1).max(500),
});

export const silenceSchema = z
  .object({
    id: z.string(),
    object: z.literal("alert_silence"),
    rule: z.string(),
    subject: z.string().nullable(),
    reason: z.string(),
    until: z.string(),
    created_by: z.string(),
    created_at: z.string(),
    ended_at: z.string().nullable(),
  })
  .openapi("AlertSilence");

export const createReceiverSchema = z.strictObject({ name: z.string().trim().min(1).max(100), config: receiverConfig });
export const updateReceiverSchema = z.strictObject({ is_on: z.boolean() });

export const receiverSchema = z
  .object({
    id: z.string(),
    object: z.literal("alert_receiver"),
    kind: z.enum(receiverKinds),
    name: z.string(),
    hint: z.string(),
    is_on: z.boolean(),
    last: z
      .object({
        kind: z.enum(["firing", "reminder", "resolved", "test"]),
        status: z.enum(["pending", "sent", "failed"]),
        error: z.string().nullable(),
        at: z.string(),
      })
      .nullable(),
  })
  .openapi("AlertReceiver");

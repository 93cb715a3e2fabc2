import { z } from "@hono/zod-openapi";
import { type AlertView, listAlerts } from "#lib/operator/alerting/alerts";
import { metricKinds } from "#lib/operator/alerting/metrics";
import {
  createReceiver,
  listReceivers,
  type ReceiverView,
  switchReceiver,
  testReceiver,
} from "#lib/operator/alerting/receivers";
import { removeRule } from "#lib/operator/alerting/remove-rule";
import { createRule, listRules, type RuleView, ruleSamples, updateRule } from "#lib/operator/alerting/rules";
import {
  alertSchema,
  createReceiverSchema,
  createRuleSchema,
  createSilenceSchema,
  deletedRuleSchema,
  receiverSchema,
  ruleSchema,
  samplesSchema,
  silenceSchema,
  updateReceiverSchema,
  updateRuleSchema,
} from "#lib/operator/alerting/schemas";
import { createSilence, endSilence, listSilences, type Silence } from "#lib/operator/alerting/silences";
import { namesOf } from "#lib/operator/approvals/list";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** What is watched, what fires, who is told. */
export const alerts = resource();
const tag = "Alerts";
const read = "alerts:read";
const write = "alerts:write";
const whole = <T>(data: readonly T[]) => ({ object: "list" as const, data: [...data], has_more: false });

function ruleJson({ rule, current, firing }: RuleView): z.output<typeof ruleSchema> {
  const { unit, isBad, perAccount } = metricKinds[rule.metric];
  return {
    id: rule.id,
    object: "alert_rule",
    metric: rule.metric,
    unit,
    is_bad: isBad,
    per_account: perAccount,
    name: rule.name,
    threshold: rule.threshold,
    window_minutes: rule.windowMinutes,
    min_sample: rule.minSample,
    severity: rule.severity,
    is_on: rule.isOn,
    quiet_from: rule.quietFrom,
    quiet_to: rule.quietTo,
    time_zone: rule.timeZone,
    remind_minutes: rule.remindMinutes,
    receivers: rule.receivers,
    current: current ? { value: current.value, subject: current.subject || null, at: current.at.toISOString() } : null,
    firing,
  };
}

function alertJson({ alert, rule, subject, silencedUntil }: AlertView): z.output<typeof alertSchema> {
  return {
    id: alert.id,
    object: "alert",
    rule: rule.id,
    rule_name: rule.name,
    metric: rule.metric,
    unit: metricKinds[rule.metric].unit,
    subject: alert.subject ? (subject ?? { id: alert.subject, name: alert.subject, merchant: "" }) : null,
    status: alert.status,
    severity: alert.severity,
    threshold: alert.threshold,
    value: alert.value,
    worst: alert.worst,
    opened_at: alert.openedAt.toISOString(),
    resolved_at: alert.resolvedAt?.toISOString() ?? null,
    told_at: alert.toldAt?.toISOString() ?? null,
    silenced_until: silencedUntil?.toISOString() ?? null,
  };
}

function silenceJson(row: Silence, names: ReadonlyMap<string, string>): z.output<typeof silenceSchema> {
  return {
    id: row.id,
    object: "alert_silence",
    rule: row.ruleId,
    subject: row.subject,
    reason: row.reason,
    until: row.until.toISOString(),
    created_by: names.get(row.createdBy) ?? row.createdBy,
    created_at: row.createdAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
  };
}

function receiverJson({ receiver, last }: ReceiverView): z.output<typeof receiverSchema> {
  const { id, kind, name, hint, isOn } = receiver;
  return {
    id,
    object: "alert_receiver",
    kind,
    name,
    hint,
    is_on: isOn,
    last: last ? { kind: last.kind, status: last.status, error: last.error, at: last.createdAt.toISOString() } : null,
  };
}

alerts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/alerts",
    tag,
    summary: "List what fires and what fired",
    permission: read,
    request: { query: listQuery({ status: z.enum(["firing", "resolved"]).optional() }) },
    answer: { status: 200, schema: listSchema(alertSchema, "AlertList"), description: "One page, newest first." },
  }),
  async (c) => {
    const filter = c.req.valid("query");
    return c.json(page(await listAlerts(filter, c.var.octx.now), filter.limit, alertJson), 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/alert_rules",
    tag,
    summary: "List what is watched, with the values of this moment",
    permission: read,
    request: {},
    answer: { status: 200, schema: listSchema(ruleSchema, "AlertRuleList"), description: "All of them." },
  }),
  async (c) => c.json(whole((await listRules(c.var.octx.now)).map(ruleJson)), 200),
);

alerts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/alert_rules",
    tag,
    summary: "Watch something more",
    permission: write,
    request: jsonBody(createRuleSchema),
    answer: { status: 201, schema: ruleSchema, description: "The rule; looked at within a minute." },
  }),
  async (c) => {
    const rule = await createRule(c.var.octx, c.req.valid("json"));
    return c.json(ruleJson({ rule, current: undefined, firing: 0 }), 201);
  },
);

alerts.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/alert_rules/{id}",
    tag,
    summary: "Change a rule, or switch it off",
    permission: write,
    request: { params: idParam(), ...jsonBody(updateRuleSchema) },
    answer: { status: 200, schema: ruleSchema, description: "The rule." },
  }),
  async (c) => {
    const rule = await updateRule(c.var.octx, c.req.valid("param").id, c.req.valid("json"));
    return c.json(ruleJson({ rule, current: undefined, firing: 0 }), 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "delete",
    path: "/v1/operator/alert_rules/{id}",
    tag,
    summary: "Take a rule away with all that it saw",
    description: "The last rule of a measure stays; it can be switched off.",
    permission: write,
    request: { params: idParam() },
    answer: { status: 200, schema: deletedRuleSchema, description: "Gone." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await removeRule(c.var.octx, id);
    return c.json({ id, object: "alert_rule" as const, deleted: true as const }, 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/alert_rules/{id}/samples",
    tag,
    summary: "What a rule saw in the last day",
    description: "Quarters of an hour, of each the worst value.",
    permission: read,
    request: { params: idParam() },
    answer: { status: 200, schema: samplesSchema, description: "The values, oldest first." },
  }),
  async (c) => {
    const { rule, points } = await ruleSamples(c.req.valid("param").id, c.var.octx.now);
    return c.json({ object: "alert_samples" as const, threshold: rule.threshold, points }, 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/alert_silences",
    tag,
    summary: "List the silences, also those that are over",
    permission: read,
    request: {},
    answer: { status: 200, schema: listSchema(silenceSchema, "AlertSilenceList"), description: "The newest hundred." },
  }),
  async (c) => {
    const rows = await listSilences();
    const names = await namesOf(rows.map((row) => row.createdBy));
    return c.json(whole(rows.map((row) => silenceJson(row, names))), 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/alert_silences",
    tag,
    summary: "Tell nobody for a while",
    permission: write,
    request: jsonBody(createSilenceSchema),
    answer: { status: 201, schema: silenceSchema, description: "The silence." },
  }),
  async (c) => {
    const { octx } = c.var;
    const names = new Map([[octx.operator.id, octx.operator.name]]);
    return c.json(silenceJson(await createSilence(octx, c.req.valid("json")), names), 201);
  },
);

alerts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/alert_silences/{id}/end",
    tag,
    summary: "End a silence before its time",
    permission: write,
    request: { params: idParam() },
    answer: { status: 200, schema: silenceSchema, description: "The silence." },
  }),
  async (c) => {
    const row = await endSilence(c.var.octx, c.req.valid("param").id);
    return c.json(silenceJson(row, await namesOf([row.createdBy])), 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/alert_receivers",
    tag,
    summary: "List who can be told",
    permission: read,
    request: {},
    answer: { status: 200, schema: listSchema(receiverSchema, "AlertReceiverList"), description: "All of them." },
  }),
  async (c) => c.json(whole((await listReceivers()).map(receiverJson)), 200),
);

alerts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/alert_receivers",
    tag,
    summary: "Add somebody to be told",
    description: "By e-mail, a DingTalk or Feishu robot, a signed webhook, or short messages over Alibaba Cloud.",
    permission: write,
    request: jsonBody(createReceiverSchema),
    answer: { status: 201, schema: receiverSchema, description: "The receiver; its secrets are not shown again." },
  }),
  async (c) => {
    const receiver = await createReceiver(c.var.octx, c.req.valid("json"));
    return c.json(receiverJson({ receiver, last: undefined }), 201);
  },
);

alerts.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/alert_receivers/{id}",
    tag,
    summary: "Switch a receiver on or off",
    permission: write,
    request: { params: idParam(), ...jsonBody(updateReceiverSchema) },
    answer: { status: 200, schema: receiverSchema, description: "The receiver." },
  }),
  async (c) => {
    const receiver = await switchReceiver(c.var.octx, c.req.valid("param").id, c.req.valid("json").is_on);
    return c.json(receiverJson({ receiver, last: undefined }), 200);
  },
);

alerts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/alert_receivers/{id}/test",
    tag,
    summary: "Send a receiver a test message",
    permission: write,
    request: { params: idParam() },
    answer: { status: 200, schema: receiverSchema, description: "On its way; `last` tells how it fared." },
  }),
  async (c) => {
    const receiver = await testReceiver(c.var.octx, c.req.valid("param").id);
    return c.json(receiverJson({ receiver, last: undefined }), 200);
  },
);

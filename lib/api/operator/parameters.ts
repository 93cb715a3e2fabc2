import { z } from "@hono/zod-openapi";
import { namesOf } from "#lib/operator/approvals/list";
import { propose } from "#lib/operator/approvals/propose";
import { approvalSchema } from "#lib/operator/approvals/schemas";
import { parameterHistory } from "#lib/operator/parameters/history";
import { listParameters } from "#lib/operator/parameters/list-parameters";
import { jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { jsonOf } from "./approvals.ts";
import { operatorRoute } from "./route.ts";

/** What can be set without a restart. Two people change a value. */
export const parameters = resource();
const tag = "Parameters";

const parameterSchema = z
  .object({
    id: z.string(),
    object: z.literal("parameter"),
    group: z.string(),
    value: z.unknown(),
    initial: z.unknown(),
    updated_at: z.string().nullable(),
    updated_by: z.string().nullable(),
  })
  .openapi("Parameter");

parameters.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/parameters",
    tag,
    summary: "List the system parameters",
    permission: "parameters:read",
    request: {},
    answer: { status: 200, schema: listSchema(parameterSchema, "ParameterList"), description: "All of them." },
  }),
  async (c) => {
    const entries = await listParameters();
    const names = await namesOf(entries.map((entry) => entry.updatedBy ?? null));
    const data = entries.map((entry) => ({
      id: entry.name,
      object: "parameter" as const,
      group: entry.group,
      value: entry.value,
      initial: entry.initial,
      updated_at: entry.updatedAt?.toISOString() ?? null,
      updated_by: entry.updatedBy ? (names.get(entry.updatedBy) ?? entry.updatedBy) : null,
    }));
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);

parameters.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/parameters/{name}",
    tag,
    summary: "Propose another value",
    permission: "parameters:write",
    request: {
      params: z.object({ name: z.string().max(64) }),
      ...jsonBody(z.strictObject({ value: z.unknown(), reason: z.string().trim().min(1).max(1_000) })),
    },
    answer: { status: 201, schema: approvalSchema, description: "The proposal; another operator decides." },
  }),
  async (c) => {
    const { value, reason } = c.req.valid("json");
    const payload = { name: c.req.valid("param").name, value };
    return c.json(await jsonOf(c.var.octx, await propose(c.var.octx, { kind: "parameter.set", payload, reason })), 201);
  },
);

const person = z.object({ id: z.string(), name: z.string() });
const changeSchema = z
  .object({
    id: z.string().openapi({ description: "The approval's." }),
    object: z.literal("parameter_change"),
    from: z.unknown(),
    to: z.unknown(),
    reason: z.string(),
    proposed_by: person,
    proposed_at: z.string(),
    approved_by: person.nullable(),
    approved_at: z.string().nullable(),
    approval_reason: z.string().nullable(),
  })
  .openapi("ParameterChange");

parameters.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/parameters/{name}/history",
    tag,
    summary: "List what a parameter was, and who changed it why",
    permission: "parameters:read",
    request: { params: z.object({ name: z.string().max(64) }), query: listQuery({}) },
    answer: {
      status: 200,
      schema: listSchema(changeSchema, "ParameterHistory"),
      description: "One page, newest first.",
    },
  }),
  async (c) => {
    const { limit, starting_after: after } = c.req.valid("query");
    const rows = await parameterHistory(c.req.valid("param").name, { limit, after });
    const names = await namesOf(rows.flatMap((row) => [row.proposedBy, row.approvedBy]));
    const named = (id: string) => ({ id, name: names.get(id) ?? id });
    return c.json(
      page(rows, limit, (row) => ({
        id: row.id,
        object: "parameter_change" as const,
        from: row.from ?? null,
        to: row.to ?? null,
        reason: row.reason,
        proposed_by: named(row.proposedBy),
        proposed_at: row.proposedAt.toISOString(),
        approved_by: row.approvedBy === null ? null : named(row.approvedBy),
        approved_at: row.approvedAt?.toISOString() ?? null,
        approval_reason: row.approvalReason,
      })),
      200,
    );
  },
);

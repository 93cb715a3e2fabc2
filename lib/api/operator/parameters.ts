import { z } from "@hono/zod-openapi";
import { namesOf } from "#lib/operator/approvals/list";
import { propose } from "#lib/operator/approvals/propose";
import { approvalSchema } from "#lib/operator/approvals/schemas";
import { listParameters } from "#lib/operator/parameters/list-parameters";
import { jsonBody, listSchema, resource } from "../route.ts";
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

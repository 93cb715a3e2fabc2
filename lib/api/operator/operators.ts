import { z } from "@hono/zod-openapi";
import {
  addOperator,
  changeOperatorRole,
  endOperator,
  sendPasswordLink,
  signOutOperator,
} from "#lib/operator/people/change-operator";
import { listOperators } from "#lib/operator/people/list-operators";
import { resetSecondFactor } from "#lib/operator/people/reset-second-factor";
import { operatorRoles } from "#lib/operator/permissions";
import { idParam, jsonBody, listSchema, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** The platform's own staff. */
export const operators = resource();
const tag = "Operators";

const operatorSchema = z
  .object({
    id: z.string(),
    object: z.literal("operator"),
    name: z.string(),
    email: z.string(),
    role: z.enum(operatorRoles),
    is_self: z.boolean(),
    has_second_factor: z.boolean().openapi({ description: "Signing in asks for a code too." }),
    sessions: z.number().int(),
    last_seen_at: z.string().nullable(),
    created_at: z.string(),
    ended_at: z.string().nullable(),
  })
  .openapi("Operator");

const doneSchema = z.object({ id: z.string(), object: z.literal("operator") });
const done = (id: string) => ({ id, object: "operator" as const });

operators.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/operators",
    tag,
    summary: "List the platform's staff",
    permission: "operators:read",
    request: {},
    answer: { status: 200, schema: listSchema(operatorSchema, "OperatorList"), description: "All of them." },
  }),
  async (c) => {
    const data = (await listOperators()).map((entry) => ({
      id: entry.id,
      object: "operator" as const,
      name: entry.name,
      email: entry.email,
      role: entry.role,
      is_self: entry.id === c.var.octx.operator.id,
      has_second_factor: entry.hasSecondFactor,
      sessions: entry.sessions,
      last_seen_at: entry.lastSeenAt?.toISOString() ?? null,
      created_at: entry.createdAt.toISOString(),
      ended_at: entry.endedAt?.toISOString() ?? null,
    }));
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);

operators.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/operators",
    tag,
    summary: "Add a colleague",
    description: "A mailed link lets the person choose a password.",
    permission: "operators:write",
    request: jsonBody(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        email: z.email().max(254),
        role: z.enum(operatorRoles),
      }),
    ),
    answer: { status: 201, schema: doneSchema, description: "The new operator." },
  }),
  async (c) => c.json(done((await addOperator(c.var.octx, c.req.valid("json"))).id), 201),
);

operators.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/operators/{id}",
    tag,
    summary: "Give a colleague another role",
    permission: "operators:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ role: z.enum(operatorRoles) })) },
    answer: { status: 200, schema: doneSchema, description: "The operator." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await changeOperatorRole(c.var.octx, id, c.req.valid("json").role);
    return c.json(done(id), 200);
  },
);

operators.openapi(
  operatorRoute({
    method: "delete",
    path: "/v1/operator/operators/{id}",
    tag,
    summary: "End a colleague's access",
    permission: "operators:write",
    request: { params: idParam() },
    answer: { status: 200, schema: doneSchema, description: "The operator, who is signed out everywhere." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await endOperator(c.var.octx, id);
    return c.json(done(id), 200);
  },
);

operators.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/operators/{id}/sign_out",
    tag,
    summary: "Sign a colleague out of every browser",
    description: "Of oneself: out of every other browser.",
    permission: "operators:write",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: doneSchema.extend({ ended: z.number().int() }),
      description: "How many sessions ended.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    return c.json({ ...done(id), ended: await signOutOperator(c.var.octx, id) }, 200);
  },
);

operators.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/operators/{id}/password_link",
    tag,
    summary: "Mail a link to choose a new password",
    permission: "operators:write",
    request: { params: idParam() },
    answer: { status: 200, schema: doneSchema, description: "The mail is on its way." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await sendPasswordLink(c.var.octx, id);
    return c.json(done(id), 200);
  },
);

operators.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/operators/{id}/reset_second_factor",
    tag,
    summary: "Take a colleague's second factor away",
    description:
      "For somebody whose phone and recovery codes are lost: the person is signed out everywhere, told by mail, and sets up another one. Nobody resets his own.",
    permission: "operators:write",
    request: {
      params: idParam(),
      ...jsonBody(z.strictObject({ reason: z.string().trim().min(1).max(1_000) })),
    },
    answer: { status: 200, schema: doneSchema, description: "The operator, by the password alone until then." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await resetSecondFactor(c.var.octx, id, c.req.valid("json").reason);
    return c.json(done(id), 200);
  },
);

import { z } from "@hono/zod-openapi";
import { deleteCookie, setCookie } from "hono/cookie";
import { env } from "#lib/kernel/env";
import { namesOf } from "#lib/operator/approvals/list";
import { propose } from "#lib/operator/approvals/propose";
import { approvalSchema } from "#lib/operator/approvals/schemas";
import { impersonationCookie } from "#lib/operator/impersonation/cookie";
import {
  endImpersonation,
  type Impersonation,
  listImpersonations,
  startImpersonation,
} from "#lib/operator/impersonation/impersonate";
import { visitLimits } from "#lib/operator/impersonation/limits";
import { idParam, jsonBody, listSchema, resource } from "../route.ts";
import { jsonOf } from "./approvals.ts";
import { operatorRoute } from "./route.ts";

/** An operator at a merchant's dashboard: for a reason, for a time, seen by the merchant. */
export const impersonations = resource();
const tag = "Impersonation";
const reason = z.string().trim().min(visitLimits.reasonLength).max(1_000);

const impersonationSchema = z
  .object({
    id: z.string(),
    object: z.literal("impersonation"),
    operator: z.object({ id: z.string(), name: z.string() }),
    merchant: z.string(),
    reason: z.string(),
    may_write: z.boolean(),
    created_at: z.string(),
    expires_at: z.string(),
    ended_at: z.string().nullable(),
  })
  .openapi("Impersonation");

function json(row: Impersonation, operatorName: string): z.output<typeof impersonationSchema> {
  return {
    id: row.id,
    object: "impersonation",
    operator: { id: row.operatorId, name: operatorName },
    merchant: row.aboutMerchant,
    reason: row.reason,
    may_write: row.mayWrite,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
  };
}

impersonations.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/merchants/{id}/impersonations",
    tag,
    summary: "List who has looked at a merchant's dashboard",
    permission: "merchants:read",
    request: { params: idParam() },
    answer: { status: 200, schema: listSchema(impersonationSchema, "ImpersonationList"), description: "The latest." },
  }),
  async (c) => {
    const rows = await listImpersonations(c.req.valid("param").id);
    const names = await namesOf(rows.map((row) => row.operatorId));
    const data = rows.map((row) => json(row, names.get(row.operatorId) ?? row.operatorId));
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);

impersonations.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/merchants/{id}/impersonations",
    tag,
    summary: "Open a merchant's dashboard, to look and not to touch",
    description:
      "The answer sets a cookie of this browser. The merchant's activity log says who, why and for how long.",
    permission: "merchants:impersonate",
    request: {
      params: idParam(),
      ...jsonBody(
        z.strictObject({
          reason,
          minutes: z.number().int().min(visitLimits.leastMinutes).max(visitLimits.mostMinutes).default(30),
        }),
      ),
    },
    answer: { status: 201, schema: impersonationSchema, description: "What was opened." },
  }),
  async (c) => {
    const { octx } = c.var;
    const { row, token } = await startImpersonation(octx, {
      merchantId: c.req.valid("param").id,
      ...c.req.valid("json"),
    });
    setCookie(c, impersonationCookie(), token, {
      httpOnly: true,
      sameSite: "Strict",
      secure: env.publicUrl.startsWith("https:"),
      path: "/",
      expires: row.expiresAt,
    });
    return c.json(json(row, octx.operator.name), 201);
  },
);

impersonations.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/impersonations/{id}/end",
    tag,
    summary: "Leave the merchant's dashboard",
    permission: "merchants:impersonate",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z.object({ id: z.string(), object: z.literal("impersonation"), ended: z.literal(true) }),
      description: "It is over.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await endImpersonation(c.var.octx, id);
    deleteCookie(c, impersonationCookie(), { path: "/", secure: env.publicUrl.startsWith("https:") });
    return c.json({ id, object: "impersonation" as const, ended: true as const }, 200);
  },
);

impersonations.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/merchants/{id}/impersonations/{impersonation}/allow_changes",
    tag,
    summary: "Ask a second operator to allow changes",
    permission: "merchants:impersonate",
    request: {
      params: z.object({ id: z.string().max(64), impersonation: z.string().max(64) }),
      ...jsonBody(z.strictObject({ reason })),
    },
    answer: { status: 201, schema: approvalSchema, description: "The proposal." },
  }),
  async (c) => {
    const { id, impersonation } = c.req.valid("param");
    const row = await propose(c.var.octx, {
      kind: "impersonation.allow_changes",
      place: { merchantId: id, livemode: false },
      payload: { impersonation },
      reason: c.req.valid("json").reason,
    });
    return c.json(await jsonOf(c.var.octx, row), 201);
  },
);

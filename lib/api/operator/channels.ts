import { z } from "@hono/zod-openapi";
import { namesOf } from "#lib/operator/approvals/list";
import { type AccountView, listChannelAccounts } from "#lib/operator/channels/list-accounts";
import { announceWindow, cancelWindow, listWindows } from "#lib/operator/channels/maintenance";
import { pauseAccount } from "#lib/operator/channels/pause-account";
import {
  accountJson,
  accountSchema,
  announceSchema,
  operatorWindowJson,
  operatorWindowSchema,
} from "#lib/operator/channels/schemas";
import { idParam, jsonBody, listSchema, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** Every merchant's channel accounts, and when channels are closed. */
export const channels = resource();
const tag = "Channels";
const whole = <T>(data: readonly T[]) => ({ object: "list" as const, data: [...data], has_more: false });
const reason = z.string().trim().min(1).max(500);

channels.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/channel_accounts",
    tag,
    summary: "List the channel accounts of all merchants",
    description: "Those whose credentials end soonest first; at most 2,000.",
    permission: "channels:read",
    request: {
      query: z.strictObject({
        channel: z.string().max(40).optional(),
        merchant: z.string().max(64).optional(),
        livemode: z.enum(["true", "false"]).optional(),
      }),
    },
    answer: {
      status: 200,
      schema: listSchema(accountSchema, "OperatorChannelAccountList"),
      description: "All of them.",
    },
  }),
  async (c) => {
    const { livemode, ...filter } = c.req.valid("query");
    const views = await listChannelAccounts({ ...filter, ...(livemode && { livemode: livemode === "true" }) });
    return c.json(whole(views.map((view) => accountJson(view, c.get("locale")))), 200);
  },
);

async function viewOf(row: AccountView["row"]): Promise<AccountView> {
  const merchant = (await namesOf([row.merchantId])).get(row.merchantId) ?? row.merchantId;
  return { row, merchant, expiresAt: undefined, answeredAt: null, lostAt: null };
}

channels.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/channel_accounts/{id}/pause",
    tag,
    summary: "Keep new payments away from an account",
    description: "Within seconds. What has begun goes on, refunds too. The merchant sees the reason.",
    permission: "channels:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ reason })) },
    answer: { status: 200, schema: accountSchema, description: "The account." },
  }),
  async (c) => {
    const row = await pauseAccount(c.var.octx, c.req.valid("param").id, c.req.valid("json").reason);
    return c.json(accountJson(await viewOf(row), c.get("locale")), 200);
  },
);

channels.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/channel_accounts/{id}/resume",
    tag,
    summary: "Let payments back to an account",
    permission: "channels:write",
    request: { params: idParam() },
    answer: { status: 200, schema: accountSchema, description: "The account." },
  }),
  async (c) => {
    const row = await pauseAccount(c.var.octx, c.req.valid("param").id, undefined);
    return c.json(accountJson(await viewOf(row), c.get("locale")), 200);
  },
);

channels.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/maintenance_windows",
    tag,
    summary: "List maintenance windows, also those that are over",
    permission: "channels:read",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(operatorWindowSchema, "OperatorMaintenanceWindowList"),
      description: "The newest hundred.",
    },
  }),
  async (c) => {
    const rows = await listWindows();
    const names = await namesOf(rows.map((row) => row.createdBy));
    const reader = { now: c.var.octx.now, locale: c.get("locale") };
    return c.json(whole(rows.map((row) => operatorWindowJson(row, reader, names))), 200);
  },
);

channels.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/maintenance_windows",
    tag,
    summary: "Announce maintenance of a channel or of one account",
    description: "Merchants see it a week ahead; meanwhile the checkout does not offer the methods concerned.",
    permission: "channels:write",
    request: jsonBody(announceSchema),
    answer: { status: 201, schema: operatorWindowSchema, description: "The window." },
  }),
  async (c) => {
    const { octx } = c.var;
    const row = await announceWindow(octx, c.req.valid("json"));
    const names = new Map([[octx.operator.id, octx.operator.name]]);
    return c.json(operatorWindowJson(row, { now: octx.now, locale: c.get("locale") }, names), 201);
  },
);

channels.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/maintenance_windows/{id}/cancel",
    tag,
    summary: "Call maintenance off, or end it now",
    permission: "channels:write",
    request: { params: idParam() },
    answer: { status: 200, schema: operatorWindowSchema, description: "The window." },
  }),
  async (c) => {
    const { octx } = c.var;
    const row = await cancelWindow(octx, c.req.valid("param").id);
    const reader = { now: octx.now, locale: c.get("locale") };
    return c.json(operatorWindowJson(row, reader, await namesOf([row.createdBy])), 200);
  },
);

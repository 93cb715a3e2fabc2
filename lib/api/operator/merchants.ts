import { z } from "@hono/zod-openapi";
import { liveStatuses } from "#db/schema/merchants";
import { NotFound } from "#lib/kernel/errors";
import { isMerchantId } from "#lib/kernel/ids";
import { namesOf } from "#lib/operator/approvals/list";
import { propose } from "#lib/operator/approvals/propose";
import { approvalSchema } from "#lib/operator/approvals/schemas";
import type { OperatorContext } from "#lib/operator/context";
import { listOperatorLog } from "#lib/operator/list-log";
import { limitsSchema, tierSchema } from "#lib/operator/merchants/limits-schema";
import { addNote, listNotes } from "#lib/operator/merchants/notes";
import { findMerchant, listMerchants, volumesOf } from "#lib/operator/merchants/read-merchants";
import {
  merchantDetailSchema,
  merchantJson,
  merchantNoteSchema,
  merchantRowSchema,
  noteJson,
} from "#lib/operator/merchants/schemas";
import { suspendMerchant } from "#lib/operator/merchants/suspend";
import { listMembers } from "#lib/team/list-members";
import { memberJson } from "#lib/team/schemas";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { jsonOf } from "./approvals.ts";
import { operatorRoute } from "./route.ts";

/** The merchants, for the platform's staff. */
export const merchants = resource();
const tag = "Merchants";
export const reasonSchema = z.string().trim().min(1).max(1_000);

/** An id that names a merchant by its form. @throws NotFound */
export function merchantIn(params: { readonly id: string }): string {
  if (!isMerchantId(params.id)) throw new NotFound("merchant");
  return params.id;
}

async function detail(octx: OperatorContext, id: string) {
  const merchant = await findMerchant(id);
  const [volumes, members] = await Promise.all([volumesOf([id], octx.now), listMembers(octx.at(id, true))]);
  return { ...merchantJson(merchant, volumes), members: members.map(memberJson) };
}

merchants.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/merchants",
    tag,
    summary: "List merchants, newest first",
    permission: "merchants:read",
    request: {
      query: listQuery({
        q: z.string().trim().max(100).optional().openapi({ description: "A part of the name, or an id." }),
        status: z.enum(["active", "suspended"]).optional(),
        live_status: z.enum(liveStatuses).optional(),
        tier: tierSchema.optional(),
      }),
    },
    answer: { status: 200, schema: listSchema(merchantRowSchema, "MerchantList"), description: "One page." },
  }),
  async (c) => {
    const { limit, starting_after: after, q, status, live_status: liveStatus, tier } = c.req.valid("query");
    const rows = await listMerchants({
      limit,
      ...(after && { after }),
      ...(q && { q }),
      ...(status && { status }),
      ...(liveStatus && { liveStatus }),
      ...(tier && { tier }),
    });
    const volumes = await volumesOf(
      rows.slice(0, limit).map((row) => row.merchantId),
      c.var.octx.now,
    );
    return c.json(
      page(rows, limit, (row) =>
        merchantJson(
          row,
          volumes.filter(({ merchantId }) => merchantId === row.merchantId),
        ),
      ),
      200,
    );
  },
);

merchants.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/merchants/{id}",
    tag,
    summary: "Read a merchant",
    permission: "merchants:read",
    request: { params: idParam() },
    answer: { status: 200, schema: merchantDetailSchema, description: "The merchant with its people." },
  }),
  async (c) => c.json(await detail(c.var.octx, merchantIn(c.req.valid("param"))), 200),
);

merchants.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/merchants/{id}/timeline",
    tag,
    summary: "What operators did about a merchant",
    permission: "merchants:read",
    request: { params: idParam(), query: listQuery({}) },
    answer: {
      status: 200,
      schema: listSchema(
        z.object({
          id: z.string(),
          operator: z.string(),
          verb: z.string(),
          change: z.record(z.string(), z.unknown()).nullable(),
          created_at: z.string(),
        }),
        "MerchantTimeline",
      ),
      description: "Newest first.",
    },
  }),
  async (c) => {
    const { limit, starting_after: after } = c.req.valid("query");
    const number = Number(after ?? Number.NaN);
    const rows = await listOperatorLog({
      merchant: merchantIn(c.req.valid("param")),
      limit,
      ...(Number.isSafeInteger(number) && { after: number }),
    });
    const names = await namesOf(rows.map((row) => row.operatorId));
    return c.json(
      page(rows, limit, (row) => ({
        id: String(row.number),
        operator: names.get(row.operatorId) ?? row.operatorId,
        verb: row.verb,
        change: row.change,
        created_at: row.createdAt.toISOString(),
      })),
      200,
    );
  },
);

merchants.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/merchants/{id}/notes",
    tag,
    summary: "List the notes about a merchant",
    permission: "merchants:read",
    request: { params: idParam() },
    answer: { status: 200, schema: listSchema(merchantNoteSchema, "MerchantNoteList"), description: "Newest first." },
  }),
  async (c) => {
    const notes = await listNotes(merchantIn(c.req.valid("param")));
    const names = await namesOf(notes.map((note) => note.operatorId));
    return c.json(
      page(notes, notes.length, (note) => noteJson(note, names)),
      200,
    );
  },
);

merchants.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/merchants/{id}/notes",
    tag,
    summary: "Write a note about a merchant",
    description: "The merchant does not see it.",
    permission: "merchants:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ text: z.string().trim().min(1).max(4_000) })) },
    answer: { status: 201, schema: merchantNoteSchema, description: "The note." },
  }),
  async (c) => {
    const { octx } = c.var;
    const note = await addNote(octx, merchantIn(c.req.valid("param")), c.req.valid("json").text);
    return c.json(noteJson(note, new Map([[octx.operator.id, octx.operator.name]])), 201);
  },
);

merchants.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/merchants/{id}/suspend",
    tag,
    summary: "Suspend a merchant at once",
    description: "New orders and payments are refused within seconds, in both modes. The merchant reads the reason.",
    permission: "merchants:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ reason: reasonSchema })) },
    answer: { status: 200, schema: merchantDetailSchema, description: "The merchant." },
  }),
  async (c) => {
    const id = merchantIn(c.req.valid("param"));
    await suspendMerchant(c.var.octx, id, c.req.valid("json").reason);
    return c.json(await detail(c.var.octx, id), 200);
  },
);

merchants.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/merchants/{id}/resume",
    tag,
    summary: "Propose to lift a suspension",
    permission: "merchants:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ reason: reasonSchema })) },
    answer: { status: 201, schema: approvalSchema, description: "The proposal; another operator decides." },
  }),
  async (c) => {
    const merchant = merchantIn(c.req.valid("param"));
    const { reason } = c.req.valid("json");
    const place = { merchantId: merchant, livemode: true };
    const row = await propose(c.var.octx, { kind: "merchant.resume", place, payload: { merchant }, reason });
    return c.json(await jsonOf(c.var.octx, row), 201);
  },
);

merchants.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/merchants/{id}/limits",
    tag,
    summary: "Propose another tier and other limits",
    description: "Both as they are to be; a currency that is not named has no limit.",
    permission: "merchants:write",
    request: {
      params: idParam(),
      ...jsonBody(z.strictObject({ tier: tierSchema, limits: limitsSchema, reason: reasonSchema })),
    },
    answer: { status: 201, schema: approvalSchema, description: "The proposal; another operator decides." },
  }),
  async (c) => {
    const merchant = merchantIn(c.req.valid("param"));
    const { reason, tier, limits } = c.req.valid("json");
    const place = { merchantId: merchant, livemode: true };
    const payload = { merchant, tier, limits };
    const row = await propose(c.var.octx, { kind: "merchant.set_limits", place, payload, reason });
    return c.json(await jsonOf(c.var.octx, row), 201);
  },
);

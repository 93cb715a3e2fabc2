import { z } from "@hono/zod-openapi";
import { decide, withdraw } from "#lib/operator/approvals/decide";
import { kindNamed } from "#lib/operator/approvals/kinds";
import { countWaiting, listApprovals, namesOf, readApproval } from "#lib/operator/approvals/list";
import type { ApprovalRow } from "#lib/operator/approvals/propose";
import { approvalJson, approvalSchema, decideSchema, openApprovalSchema } from "#lib/operator/approvals/schemas";
import type { OperatorContext } from "#lib/operator/context";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** What needs two people: proposed by one operator, decided by another. */
export const approvals = resource();
const tag = "Approvals";

/** For any route that answers with a proposal. */
export async function jsonOf(octx: OperatorContext, row: ApprovalRow) {
  return shape(octx, row, await namesIn([row]));
}

function namesIn(rows: readonly ApprovalRow[]) {
  return namesOf(rows.flatMap((row) => [row.aboutMerchant, row.proposedBy, row.decidedBy]));
}

function shape(octx: OperatorContext, row: ApprovalRow, names: ReadonlyMap<string, string>) {
  const isOwn = row.proposedBy === octx.operator.id;
  return approvalJson(row, { now: octx.now, isOwn, mayDecide: !isOwn && octx.may(kindNamed(row.kind).approve) }, names);
}

approvals.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/approvals",
    tag,
    summary: "List proposals",
    permission: "approvals:read",
    request: {
      query: listQuery({
        status: z.enum(["open", "approved", "rejected", "withdrawn", "expired"]).optional(),
        merchant: z.string().max(64).optional(),
      }),
    },
    answer: { status: 200, schema: listSchema(approvalSchema, "ApprovalList"), description: "One page." },
  }),
  async (c) => {
    const { limit, starting_after: after, status, merchant } = c.req.valid("query");
    const { octx } = c.var;
    const rows = await listApprovals(octx, {
      limit,
      ...(after && { after }),
      ...(status && { status }),
      ...(merchant && { merchant }),
    });
    const names = await namesIn(rows);
    return c.json(
      page(rows, limit, (row) => shape(octx, row, names)),
      200,
    );
  },
);

approvals.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/approvals/waiting",
    tag,
    summary: "Count the proposals that wait for the caller",
    permission: "approvals:read",
    request: {},
    answer: {
      status: 200,
      schema: z.object({ object: z.literal("waiting"), count: z.number().int() }),
      description: "The count.",
    },
  }),
  async (c) => c.json({ object: "waiting" as const, count: await countWaiting(c.var.octx) }, 200),
);

approvals.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/approvals/{id}",
    tag,
    summary: "Read a proposal with the facts as they are now",
    permission: "approvals:read",
    request: { params: idParam() },
    answer: { status: 200, schema: openApprovalSchema, description: "The proposal." },
  }),
  async (c) => {
    const view = await readApproval(c.var.octx, c.req.valid("param").id);
    return c.json(
      { ...(await jsonOf(c.var.octx, view.row)), now: view.now ?? null, obstacle: view.obstacle ?? null },
      200,
    );
  },
);

approvals.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/approvals/{id}/decide",
    tag,
    summary: "Approve or reject a proposal of somebody else",
    description:
      "An approval names the `version` of the facts that the caller saw; when they have changed, it is refused.",
    permission: "approvals:read",
    request: { params: idParam(), ...jsonBody(decideSchema) },
    answer: { status: 200, schema: approvalSchema, description: "The decided proposal." },
  }),
  async (c) => {
    const { version, ...input } = c.req.valid("json");
    const row = await decide(c.var.octx, c.req.valid("param").id, { ...input, ...(version && { version }) });
    return c.json(await jsonOf(c.var.octx, row), 200);
  },
);

approvals.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/approvals/{id}/withdraw",
    tag,
    summary: "Take one's own proposal back",
    permission: "approvals:read",
    request: { params: idParam() },
    answer: { status: 200, schema: approvalSchema, description: "The withdrawn proposal." },
  }),
  async (c) => c.json(await jsonOf(c.var.octx, await withdraw(c.var.octx, c.req.valid("param").id)), 200),
);

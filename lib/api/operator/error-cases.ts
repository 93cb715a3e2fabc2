import { z } from "@hono/zod-openapi";
import { caseKinds } from "#db/schema/error-cases";
import { namesOf } from "#lib/operator/approvals/list";
import {
  assignCase,
  countCases,
  type ErrorCase,
  findCase,
  listCases,
  reopenCase,
  resolveCase,
} from "#lib/operator/error-cases/cases";
import { errorCaseJson, errorCaseSchema } from "#lib/operator/error-cases/schemas";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** Payments and refunds that did not go as they should, as the system noticed. */
export const errorCases = resource();
const tag = "Error cases";

const namesIn = (rows: readonly ErrorCase[]) =>
  namesOf(rows.flatMap((row) => [row.aboutMerchant, row.assignedTo, row.resolvedBy]));
const jsonOf = async (row: ErrorCase) => errorCaseJson(row, await namesIn([row]));

const answer = { status: 200, schema: errorCaseSchema, description: "The case." } as const;
const reason = z.string().trim().min(1).max(2_000);

errorCases.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/error_cases",
    tag,
    summary: "List error cases",
    description: "Open ones the first due on top, resolved ones the newest first.",
    permission: "orders:read",
    request: {
      query: listQuery({
        state: z.enum(["open", "resolved"]).default("open"),
        kind: z.enum(caseKinds).optional(),
        merchant: z.string().max(64).optional(),
        assigned: z.string().max(64).optional().openapi({ description: "An operator's id, `me` or `none`." }),
      }),
    },
    answer: { status: 200, schema: listSchema(errorCaseSchema, "ErrorCaseList"), description: "One page." },
  }),
  async (c) => {
    const { limit, starting_after: after, assigned, ...filter } = c.req.valid("query");
    const own = assigned === "me" ? c.var.octx.operator.id : assigned;
    const rows = await listCases({ ...filter, assigned: own, limit, after });
    const names = await namesIn(rows);
    return c.json(
      page(rows, limit, (row) => errorCaseJson(row, names)),
      200,
    );
  },
);

errorCases.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/error_cases/waiting",
    tag,
    summary: "Count the open error cases",
    permission: "orders:read",
    request: {},
    answer: {
      status: 200,
      schema: z.object({ object: z.literal("waiting"), count: z.number().int(), overdue: z.number().int() }),
      description: "The counts.",
    },
  }),
  async (c) => {
    const { open, overdue } = await countCases(c.var.octx);
    return c.json({ object: "waiting" as const, count: open, overdue }, 200);
  },
);

errorCases.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/error_cases/{id}",
    tag,
    summary: "Read an error case with its evidence",
    permission: "orders:read",
    request: { params: idParam() },
    answer,
  }),
  async (c) => c.json(await jsonOf(await findCase(c.req.valid("param").id)), 200),
);

errorCases.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/error_cases/{id}",
    tag,
    summary: "Assign an error case",
    permission: "tickets:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ assigned_to: z.string().max(64).nullable() })) },
    answer,
  }),
  async (c) => {
    const { assigned_to: assignedTo } = c.req.valid("json");
    return c.json(await jsonOf(await assignCase(c.var.octx, c.req.valid("param").id, assignedTo)), 200);
  },
);

const turns = [
  ["resolve", "Resolve an error case, saying why", resolveCase],
  ["reopen", "Take an error case up again", reopenCase],
] as const;

for (const [name, summary, turn] of turns) {
  errorCases.openapi(
    operatorRoute({
      method: "post",
      path: `/v1/operator/error_cases/{id}/${name}`,
      tag,
      summary,
      permission: "tickets:write",
      request: { params: idParam(), ...jsonBody(z.strictObject({ reason })) },
      answer,
    }),
    async (c) => c.json(await jsonOf(await turn(c.var.octx, c.req.valid("param").id, c.req.valid("json").reason)), 200),
  );
}

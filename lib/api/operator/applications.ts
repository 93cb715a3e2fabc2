import { z } from "@hono/zod-openapi";
import { answerApplication } from "#lib/operator/applications/answer";
import { setCheck } from "#lib/operator/applications/checks";
import { listApplications, readApplicationFile, readPaper } from "#lib/operator/applications/read-applications";
import {
  applicationFileJson,
  applicationFileSchema,
  checkItemSchema,
  queuedApplicationSchema,
  queuedJson,
} from "#lib/operator/applications/schemas";
import { namesOf } from "#lib/operator/approvals/list";
import { propose } from "#lib/operator/approvals/propose";
import { approvalSchema } from "#lib/operator/approvals/schemas";
import type { OperatorContext } from "#lib/operator/context";
import { sendFile } from "../files.ts";
import { idParam, jsonBody, listSchema, page, resource } from "../route.ts";
import { jsonOf } from "./approvals.ts";
import { merchantIn, reasonSchema } from "./merchants.ts";
import { operatorFileRoute, operatorRoute } from "./route.ts";

/** Applications for live mode: the queue, the check list, the answer. An id is the merchant's. */
export const applications = resource();
const tag = "Applications";
const answer = { status: 200, schema: applicationFileSchema, description: "The application." } as const;

async function whole(octx: OperatorContext, id: string) {
  const file = await readApplicationFile(octx, id);
  return applicationFileJson(file, await namesOf(file.checks.map((check) => check.operatorId)));
}

applications.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/applications",
    tag,
    summary: "List applications",
    description: "Those that wait for us, the oldest first; those answered, the newest first.",
    permission: "merchants:read",
    request: {
      query: z.strictObject({
        status: z.enum(["submitted", "information_asked", "approved", "rejected"]).default("submitted"),
      }),
    },
    answer: {
      status: 200,
      schema: listSchema(queuedApplicationSchema, "ApplicationQueue"),
      description: "All of them.",
    },
  }),
  async (c) => {
    const rows = await listApplications(c.req.valid("query").status);
    return c.json(page(rows, rows.length, queuedJson), 200);
  },
);

applications.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/applications/{id}",
    tag,
    summary: "Read an application",
    description: "The log keeps who looked.",
    permission: "merchants:write",
    request: { params: idParam() },
    answer,
  }),
  async (c) => c.json(await whole(c.var.octx, merchantIn(c.req.valid("param"))), 200),
);

applications.openapi(
  operatorFileRoute({
    path: "/v1/operator/applications/{id}/documents/{file}",
    tag,
    summary: "Open a document of an application",
    permission: "merchants:write",
    request: { params: z.object({ id: z.string().max(64), file: z.string().max(64) }) },
    contentType: "application/octet-stream",
  }),
  async (c) => {
    const params = c.req.valid("param");
    return sendFile(c, await readPaper(c.var.octx, merchantIn(params), params.file));
  },
);

applications.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/applications/{id}/checks",
    tag,
    summary: "Write down what was found of one item",
    permission: "merchants:write",
    request: {
      params: idParam(),
      ...jsonBody(
        z.strictObject({ item: checkItemSchema, is_passed: z.boolean(), note: z.string().trim().min(1).max(2_000) }),
      ),
    },
    answer,
  }),
  async (c) => {
    const id = merchantIn(c.req.valid("param"));
    const { item, is_passed: isPassed, note } = c.req.valid("json");
    await setCheck(c.var.octx, id, { item, isPassed, note });
    return c.json(await whole(c.var.octx, id), 200);
  },
);

for (const [verb, summary] of [
  ["ask", "Ask the merchant for more"],
  ["reject", "Refuse an application"],
] as const) {
  applications.openapi(
    operatorRoute({
      method: "post",
      path: `/v1/operator/applications/{id}/${verb}`,
      tag,
      summary,
      description: "The merchant reads the message, by mail and in its dashboard, and may send the application again.",
      permission: "merchants:write",
      request: {
        params: idParam(),
        ...jsonBody(z.strictObject({ message: z.string().trim().min(1).max(2_000) })),
      },
      answer,
    }),
    async (c) => {
      const id = merchantIn(c.req.valid("param"));
      await answerApplication(c.var.octx, id, verb, c.req.valid("json").message);
      return c.json(await whole(c.var.octx, id), 200);
    },
  );
}

applications.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/applications/{id}/approve",
    tag,
    summary: "Propose to approve an application",
    description: "Refused while an item of the check list is open.",
    permission: "merchants:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ reason: reasonSchema })) },
    answer: { status: 201, schema: approvalSchema, description: "The proposal; another operator decides." },
  }),
  async (c) => {
    const merchant = merchantIn(c.req.valid("param"));
    const { reason } = c.req.valid("json");
    const place = { merchantId: merchant, livemode: true };
    const row = await propose(c.var.octx, { kind: "merchant.approve", place, payload: { merchant }, reason });
    return c.json(await jsonOf(c.var.octx, row), 201);
  },
);

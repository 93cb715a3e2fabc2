import { z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import { auditCsv } from "#lib/audit/export-entries";
import { type AuditFilter, listAuditEntries } from "#lib/audit/list-entries";
import { auditEntryJson, auditEntrySchema, auditVerificationSchema } from "#lib/audit/schemas";
import { verifyAuditLog } from "#lib/audit/seal";
import { fileRoute, listQuery, listSchema, page, resource, route } from "./route.ts";

export const audit = resource();
const tag = "Activity";

const moment = z.iso.datetime({ offset: true, error: "date_invalid" }).optional();
const filters = {
  actor: z.string().max(64).optional(),
  verb: z.string().max(64).optional(),
  object_id: z.string().max(64).optional(),
  created_from: moment,
  created_to: moment,
};

type FilterQuery = z.output<z.ZodObject<typeof filters>>;

function filterFrom(query: FilterQuery): Omit<AuditFilter, "limit" | "startingAfter"> {
  return {
    actorId: query.actor,
    verb: query.verb,
    objectId: query.object_id,
    from: query.created_from === undefined ? undefined : new Date(query.created_from),
    to: query.created_to === undefined ? undefined : new Date(query.created_to),
  };
}

audit.openapi(
  route({
    method: "get",
    path: "/v1/audit_log",
    tag,
    summary: "List what was done, newest first",
    description: "Every change that anybody or anything made: who, what, before and after, from where.",
    permission: "audit:read",
    request: { query: listQuery(filters) },
    answer: { status: 200, schema: listSchema(auditEntrySchema, "AuditEntryList"), description: "A page of entries." },
  }),
  async (c) => {
    const { limit, starting_after, ...query } = c.req.valid("query");
    const rows = await listAuditEntries(c.var.ctx, { ...filterFrom(query), limit, startingAfter: starting_after });
    return c.json(page(rows, limit, auditEntryJson), 200);
  },
);

audit.openapi(
  fileRoute({
    path: "/v1/audit_log/export",
    tag,
    summary: "Download what was done as CSV",
    permission: "audit:read",
    request: { query: z.strictObject(filters) },
    contentType: "text/csv",
  }),
  (c) => {
    const { ctx } = c.var;
    const rows = auditCsv(ctx, filterFrom(c.req.valid("query")));
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", `attachment; filename="activity-${ctx.now.toISOString().slice(0, 10)}.csv"`);
    return stream(c, async (out) => {
      for await (const part of rows) await out.write(part);
    });
  },
);

audit.openapi(
  route({
    method: "get",
    path: "/v1/audit_log/verification",
    tag,
    summary: "Prove that the log was not changed",
    description:
      "Recomputes the hash chain over the log and names the first entry that does not agree with it. Keep `head`: with it anybody can see later that the chain was not rewritten as a whole.",
    permission: "audit:read",
    request: {},
    answer: { status: 200, schema: auditVerificationSchema, description: "What was found." },
  }),
  async (c) => {
    const { broken, ...found } = await verifyAuditLog(c.var.ctx);
    const answer = {
      object: "audit_verification" as const,
      seals: found.seals,
      entries: found.entries,
      head: found.head ?? null,
      through: found.through?.toISOString() ?? null,
      broken: broken ? { ...broken, entry: broken.entry ?? null } : null,
    };
    return c.json(answer, 200);
  },
);

import { z } from "@hono/zod-openapi";
import { ticketPriorities, ticketStates } from "#db/schema/tickets";
import { namesOf } from "#lib/operator/approvals/list";
import type { OperatorContext } from "#lib/operator/context";
import { answerTicket, openTicketFile } from "#lib/operator/tickets/answer-ticket";
import {
  changeTicket,
  listWorkers,
  noteOnTicket,
  solveTicket,
  takeUpTicket,
} from "#lib/operator/tickets/change-ticket";
import { countQueue, listQueue, readTicket } from "#lib/operator/tickets/queue";
import { messageJson, sayInTicketSchema, ticketJson, ticketMessageSchema, ticketSchema } from "#lib/tickets/schemas";
import type { Ticket } from "#lib/tickets/store";
import { sendFile } from "../files.ts";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { operatorFileRoute, operatorRoute } from "./route.ts";

/** What merchants ask us. */
export const tickets = resource();
const tag = "Tickets";

const person = z.object({ id: z.string(), name: z.string() });

const queuedSchema = ticketSchema
  .extend({
    merchant: person,
    assigned_to: person.nullable(),
    due_at: z.string().nullable().openapi({ description: "Null while nobody waits for us." }),
    first_answer_due_at: z.string(),
    first_answered_at: z.string().nullable(),
    resolution_due_at: z.string().nullable(),
  })
  .openapi("QueuedTicket");

const noteSchema = z
  .object({
    id: z.string(),
    object: z.literal("ticket_note"),
    author: z.string(),
    body: z.string(),
    created_at: z.string(),
  })
  .openapi("TicketNote");

const openSchema = queuedSchema
  .extend({ messages: z.array(ticketMessageSchema), notes: z.array(noteSchema) })
  .openapi("TicketWithNotes");

function queuedJson(row: Ticket, names: ReadonlyMap<string, string>): z.output<typeof queuedSchema> {
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  return {
    ...ticketJson(row),
    merchant: named(row.merchantId),
    assigned_to: row.assignedTo === null ? null : named(row.assignedTo),
    due_at: row.dueAt?.toISOString() ?? null,
    first_answer_due_at: row.firstAnswerDueAt.toISOString(),
    first_answered_at: row.firstAnsweredAt?.toISOString() ?? null,
    resolution_due_at: row.resolutionDueAt?.toISOString() ?? null,
  };
}

async function openJson(octx: OperatorContext, id: string): Promise<z.output<typeof openSchema>> {
  const { thread, notes } = await readTicket(octx, id);
  const { ticket, messages, files } = thread;
  const names = await namesOf([ticket.merchantId, ticket.assignedTo, ...notes.map((note) => note.operatorId)]);
  return {
    ...queuedJson(ticket, names),
    messages: messages.map((message) => messageJson(message, files)),
    notes: notes.map((note) => ({
      id: note.id,
      object: "ticket_note",
      author: names.get(note.operatorId) ?? note.operatorId,
      body: note.body,
      created_at: note.createdAt.toISOString(),
    })),
  };
}

const opened = { status: 200, schema: openSchema, description: "The ticket with its messages and our notes." } as const;
const note = z.strictObject({ body: z.string().trim().min(1).max(10_000) });

tickets.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/tickets",
    tag,
    summary: "List tickets",
    description: "With `state=due` those that wait for us, the first due on top; otherwise the newest first.",
    permission: "tickets:read",
    request: {
      query: listQuery({
        state: z.enum(["due", ...ticketStates]).optional(),
        priority: z.enum(ticketPriorities).optional(),
        merchant: z.string().max(64).optional(),
        assigned: z.string().max(64).optional().openapi({ description: "An operator's id, `me` or `none`." }),
      }),
    },
    answer: { status: 200, schema: listSchema(queuedSchema, "TicketQueue"), description: "One page." },
  }),
  async (c) => {
    const { limit, starting_after: after, assigned, ...filter } = c.req.valid("query");
    const own = assigned === "me" ? c.var.octx.operator.id : assigned;
    const rows = await listQueue({ ...filter, assigned: own, limit, after });
    const names = await namesOf(rows.flatMap((row) => [row.merchantId, row.assignedTo]));
    return c.json(
      page(rows, limit, (row) => queuedJson(row, names)),
      200,
    );
  },
);

tickets.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/tickets/waiting",
    tag,
    summary: "Count the tickets that wait for us",
    permission: "tickets:read",
    request: {},
    answer: {
      status: 200,
      schema: z.object({ object: z.literal("waiting"), count: z.number().int(), overdue: z.number().int() }),
      description: "The counts.",
    },
  }),
  async (c) => {
    const { waiting, overdue } = await countQueue(c.var.octx);
    return c.json({ object: "waiting" as const, count: waiting, overdue }, 200);
  },
);

tickets.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/tickets/workers",
    tag,
    summary: "List the operators whom a ticket can be given to",
    permission: "tickets:read",
    request: {},
    answer: { status: 200, schema: listSchema(person, "TicketWorkers"), description: "All of them." },
  }),
  async (c) => c.json({ object: "list" as const, data: await listWorkers(), has_more: false }, 200),
);

tickets.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/tickets/{id}",
    tag,
    summary: "Read a ticket with its messages and our notes",
    permission: "tickets:read",
    request: { params: idParam() },
    answer: opened,
  }),
  async (c) => c.json(await openJson(c.var.octx, c.req.valid("param").id), 200),
);

tickets.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/tickets/{id}",
    tag,
    summary: "Assign a ticket, or give it another priority",
    permission: "tickets:write",
    request: {
      params: idParam(),
      ...jsonBody(
        z.strictObject({
          assigned_to: z.string().max(64).nullable().optional(),
          priority: z.enum(ticketPriorities).optional(),
        }),
      ),
    },
    answer: opened,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const { assigned_to: assignedTo, priority } = c.req.valid("json");
    await changeTicket(c.var.octx, id, { assignedTo, priority });
    return c.json(await openJson(c.var.octx, id), 200);
  },
);

tickets.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/tickets/{id}/messages",
    tag,
    summary: "Answer the merchant",
    permission: "tickets:write",
    request: {
      params: idParam(),
      ...jsonBody(sayInTicketSchema.extend({ is_solution: z.boolean().default(false) }).openapi("AnswerTicket")),
    },
    answer: opened,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const { is_solution: isSolution, ...said } = c.req.valid("json");
    await answerTicket(c.var.octx, id, { ...said, isSolution });
    return c.json(await openJson(c.var.octx, id), 200);
  },
);

tickets.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/tickets/{id}/notes",
    tag,
    summary: "Write a note that only operators see",
    permission: "tickets:write",
    request: { params: idParam(), ...jsonBody(note) },
    answer: opened,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await noteOnTicket(c.var.octx, id, c.req.valid("json").body);
    return c.json(await openJson(c.var.octx, id), 200);
  },
);

const turns = [
  ["solve", "Call a ticket solved", solveTicket],
  ["reopen", "Take a ticket up again", takeUpTicket],
] as const;

for (const [name, summary, turn] of turns) {
  tickets.openapi(
    operatorRoute({
      method: "post",
      path: `/v1/operator/tickets/{id}/${name}`,
      tag,
      summary,
      permission: "tickets:write",
      request: { params: idParam() },
      answer: opened,
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      await turn(c.var.octx, id);
      return c.json(await openJson(c.var.octx, id), 200);
    },
  );
}

tickets.openapi(
  operatorFileRoute({
    path: "/v1/operator/tickets/{id}/files/{file}",
    tag,
    summary: "Fetch a file of a ticket",
    permission: "tickets:read",
    request: { params: z.object({ id: z.string().max(64), file: z.string().max(64) }) },
    contentType: "application/octet-stream",
  }),
  async (c) => {
    const { id, file } = c.req.valid("param");
    return sendFile(c, await openTicketFile(c.var.octx, id, file));
  },
);

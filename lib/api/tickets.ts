import { z } from "@hono/zod-openapi";
import { ticketStates } from "#db/schema/tickets";
import { closeTicket, reopenTicket } from "#lib/tickets/end-ticket";
import { readAttachment } from "#lib/tickets/keep-attachment";
import { openTicket } from "#lib/tickets/open-ticket";
import { sayInTicket } from "#lib/tickets/say-in-ticket";
import {
  openTicketSchema,
  sayInTicketSchema,
  threadJson,
  ticketJson,
  ticketSchema,
  ticketThreadSchema,
} from "#lib/tickets/schemas";
import { listTickets, readThread } from "#lib/tickets/store";
import { sendFile } from "./files.ts";
import {
  fileRoute,
  idempotencyHeader,
  idParam,
  jsonBody,
  listQuery,
  listSchema,
  page,
  resource,
  route,
} from "./route.ts";

/** What the merchant asks our support. */
export const tickets = resource();
const tag = "Tickets";
const thread = { status: 200, schema: ticketThreadSchema, description: "The ticket with its messages." } as const;

tickets.openapi(
  route({
    method: "post",
    path: "/v1/tickets",
    tag,
    summary: "Ask our support",
    description: "An order or refund that is named has to be one of the mode of the request.",
    permission: "tickets:write",
    problems: [404],
    request: { headers: idempotencyHeader, ...jsonBody(openTicketSchema) },
    answer: { ...thread, status: 201 },
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(threadJson(await openTicket(c.var.ctx, c.req.valid("json"))), 201),
);

tickets.openapi(
  route({
    method: "get",
    path: "/v1/tickets",
    tag,
    summary: "List tickets, newest first",
    description: "Those of test and live mode together; `livemode` says in which one a ticket was opened.",
    permission: "tickets:read",
    request: { query: listQuery({ state: z.enum([...ticketStates, "under_way", "over"]).optional() }) },
    answer: { status: 200, schema: listSchema(ticketSchema, "TicketList"), description: "A page of tickets." },
  }),
  async (c) => {
    const { limit, starting_after: startingAfter, state } = c.req.valid("query");
    const rows = await c.var.ctx.transaction((tx) => listTickets(tx, { limit, startingAfter, state }));
    return c.json(page(rows, limit, ticketJson), 200);
  },
);

tickets.openapi(
  route({
    method: "get",
    path: "/v1/tickets/{id}",
    tag,
    summary: "Read a ticket with its messages",
    permission: "tickets:read",
    request: { params: idParam() },
    answer: thread,
  }),
  async (c) => c.json(threadJson(await c.var.ctx.transaction((tx) => readThread(tx, c.req.valid("param").id))), 200),
);

tickets.openapi(
  route({
    method: "post",
    path: "/v1/tickets/{id}/messages",
    tag,
    summary: "Say more in a ticket",
    description: "A ticket that was solved is taken up again.",
    permission: "tickets:write",
    request: { params: idParam(), headers: idempotencyHeader, ...jsonBody(sayInTicketSchema) },
    answer: { ...thread, status: 201 },
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(threadJson(await sayInTicket(c.var.ctx, c.req.valid("param").id, c.req.valid("json"))), 201),
);

tickets.openapi(
  route({
    method: "post",
    path: "/v1/tickets/{id}/close",
    tag,
    summary: "Close a ticket",
    permission: "tickets:write",
    request: { params: idParam(), headers: idempotencyHeader },
    answer: thread,
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(threadJson(await closeTicket(c.var.ctx, c.req.valid("param").id)), 200),
);

tickets.openapi(
  route({
    method: "post",
    path: "/v1/tickets/{id}/reopen",
    tag,
    summary: "Reopen a ticket that is solved or closed",
    permission: "tickets:write",
    request: { params: idParam(), headers: idempotencyHeader },
    answer: thread,
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(threadJson(await reopenTicket(c.var.ctx, c.req.valid("param").id)), 200),
);

tickets.openapi(
  fileRoute({
    path: "/v1/tickets/{id}/files/{file}",
    tag,
    summary: "Fetch a file of a ticket",
    permission: "tickets:read",
    request: { params: z.object({ id: z.string().max(64), file: z.string().max(64) }) },
    contentType: "application/octet-stream",
  }),
  async (c) => {
    const { id, file } = c.req.valid("param");
    return sendFile(c, await readAttachment(c.var.ctx, id, file));
  },
);

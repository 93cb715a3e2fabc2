import { keepAttachment } from "#lib/tickets/keep-attachment";
import { bytesOf, fileJson, uploadRoute } from "./files.ts";
import { resource } from "./route.ts";

/** Files for messages of tickets. */
export const ticketFiles = resource();

ticketFiles.openapi(
  uploadRoute({
    path: "/v1/ticket_files",
    tag: "Tickets",
    summary: "Send a file for a message of a ticket",
    description: "The file is kept for a day; a message that names its id keeps it for good.",
    permission: "tickets:write",
  }),
  async (c) => c.json(fileJson(await keepAttachment(c.var.ctx, c.req.valid("query").name, await bytesOf(c))), 201),
);

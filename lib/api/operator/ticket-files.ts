import { createRoute, z } from "@hono/zod-openapi";
import { keepAnswerFile } from "#lib/operator/tickets/answer-ticket";
import { boundFile, bytesOf, fileAnswers, fileJson, fileUpload } from "../files.ts";
import { resource } from "../route.ts";
import { operatorOnly } from "./route.ts";

/** Files for our answers. */
export const ticketFiles = resource();

const path = "/v1/operator/ticket_files";
const request = { ...fileUpload, query: fileUpload.query.extend({ ticket: z.string().max(64) }) };

ticketFiles.openapi(
  createRoute({
    ...operatorOnly({ permission: "tickets:write", tag: "Tickets", summary: "Send a file for an answer" }, [boundFile]),
    method: "post",
    path,
    request,
    responses: fileAnswers(path),
  }),
  async (c) => {
    const { ticket, name } = c.req.valid("query");
    return c.json(fileJson(await keepAnswerFile(c.var.octx, ticket, name, await bytesOf(c))), 201);
  },
);

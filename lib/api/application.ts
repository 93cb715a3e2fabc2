import { z } from "@hono/zod-openapi";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { getApplication, saveApplication } from "#lib/onboarding/application";
import { currentContract } from "#lib/onboarding/contract";
import { addDocument, keepPaper, openDocument, papersOf, removeDocument } from "#lib/onboarding/documents";
import { factsSchema } from "#lib/onboarding/facts";
import {
  applicationJson,
  applicationSchema,
  contractSchema,
  documentJson,
  documentKindSchema,
  documentSchema,
  signatureJson,
  signatureSchema,
} from "#lib/onboarding/schemas";
import { lastSignature, signContract } from "#lib/onboarding/sign-contract";
import { submitApplication } from "#lib/onboarding/submit";
import { bytesOf, fileJson, sendFile, uploadRoute } from "./files.ts";
import { fileRoute, idParam, jsonBody, resource, route } from "./route.ts";

/** What a merchant tells of itself to take real money; the same for test and live mode. */
export const application = resource();
export const applicationFiles = resource();
const tag = "Application";

async function whole(ctx: Context) {
  return ctx.transaction(async (tx) => {
    const found = await getApplication(tx.ctx);
    return applicationJson(found, await papersOf(tx, found.documents), await lastSignature(tx));
  });
}

const answer = (description: string) => ({ status: 200 as const, schema: applicationSchema, description });

application.openapi(
  route({
    method: "get",
    path: "/v1/application",
    tag,
    summary: "Read the application for live mode",
    description: "An empty draft when none was begun.",
    permission: "application:read",
    request: {},
    answer: answer("The application."),
  }),
  async (c) => c.json(await whole(c.var.ctx), 200),
);

application.openapi(
  route({
    method: "patch",
    path: "/v1/application",
    tag,
    summary: "Save the application's draft",
    description: "What is given replaces what was. Closed while it is being looked at, and once it is approved.",
    permission: "application:write",
    request: jsonBody(factsSchema),
    answer: answer("The application."),
  }),
  async (c) => {
    await saveApplication(c.var.ctx, c.req.valid("json"));
    return c.json(await whole(c.var.ctx), 200);
  },
);

application.openapi(
  route({
    method: "post",
    path: "/v1/application/submit",
    tag,
    summary: "Send the application",
    description: "Also again, after questions or a refusal. It has to be complete, and the contract signed.",
    permission: "application:write",
    request: {},
    answer: answer("The application, `submitted`."),
  }),
  async (c) => {
    await submitApplication(c.var.ctx);
    return c.json(await whole(c.var.ctx), 200);
  },
);

application.openapi(
  route({
    method: "get",
    path: "/v1/application/contract",
    tag,
    summary: "Read the contract in both languages",
    permission: "application:read",
    request: {},
    answer: { status: 200, schema: contractSchema, description: "The text that is signed now." },
  }),
  async (c) => {
    const { version, sha256, texts } = currentContract();
    return c.json({ object: "contract" as const, version, sha256, ...texts }, 200);
  },
);

application.openapi(
  route({
    method: "post",
    path: "/v1/application/contract/sign",
    tag,
    summary: "Sign the contract",
    description: "Only a signed-in person can. Name, version, fingerprint, time, address and browser are kept.",
    permission: "application:write",
    request: jsonBody(
      z.strictObject({ name: z.string().trim().min(2).max(120), sha256: z.string().max(64) }).openapi("SignContract"),
    ),
    answer: { status: 201, schema: signatureSchema, description: "The signature." },
  }),
  async (c) => c.json(signatureJson(await signContract(c.var.ctx, c.req.valid("json"))), 201),
);

applicationFiles.openapi(
  uploadRoute({
    path: "/v1/application_files",
    tag,
    summary: "Send a file for the application",
    description: "A PDF, PNG or JPEG. It is kept for a day; a document that names its id keeps it for good.",
    permission: "application:write",
  }),
  async (c) => c.json(fileJson(await keepPaper(c.var.ctx, c.req.valid("query").name, await bytesOf(c))), 201),
);

application.openapi(
  route({
    method: "post",
    path: "/v1/application/documents",
    tag,
    summary: "Add a document",
    description: "Names a file that was sent before, and says what it is.",
    permission: "application:write",
    request: jsonBody(z.strictObject({ file: z.string().max(64), kind: documentKindSchema }).openapi("AddDocument")),
    answer: { status: 201, schema: documentSchema, description: "The document." },
  }),
  async (c) => c.json(documentJson(await addDocument(c.var.ctx, c.req.valid("json"))), 201),
);

application.openapi(
  fileRoute({
    path: "/v1/application/documents/{id}",
    tag,
    summary: "Download a document of the application",
    permission: "application:read",
    request: { params: idParam() },
    contentType: "application/octet-stream",
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const file = await c.var.ctx.transaction(async (tx) => {
      const found = await openDocument(tx, id);
      await recordAudit(tx, "application.open_document", id);
      return found;
    });
    return sendFile(c, file);
  },
);

application.openapi(
  route({
    method: "delete",
    path: "/v1/application/documents/{id}",
    tag,
    summary: "Take a document back",
    permission: "application:write",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z
        .object({ id: z.string(), object: z.literal("application_document"), deleted: z.literal(true) })
        .openapi("ApplicationDocumentDeleted"),
      description: "Its bytes are gone.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await removeDocument(c.var.ctx, id);
    return c.json({ id, object: "application_document" as const, deleted: true as const }, 200);
  },
);

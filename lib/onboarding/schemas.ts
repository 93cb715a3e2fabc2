import { z } from "@hono/zod-openapi";
import { liveStatuses } from "#db/schema/merchants";
import type { Application } from "./application.ts";
import { currentContract } from "./contract.ts";
import { documentKinds } from "./document-kinds.ts";
import type { Paper } from "./documents.ts";
import { factsSchema } from "./facts.ts";
import type { Signature } from "./sign-contract.ts";
import { neededDocuments } from "./submit.ts";

export const documentKindSchema = z.enum(documentKinds);

export const documentSchema = z
  .object({
    id: z.string(),
    object: z.literal("application_document"),
    kind: documentKindSchema,
    name: z.string(),
    content_type: z.string(),
    size: z.number().int().openapi({ description: "Bytes." }),
    sha256: z.string(),
    created_at: z.string(),
  })
  .openapi("ApplicationDocument");

export const signatureSchema = z
  .object({
    id: z.string(),
    object: z.literal("contract_signature"),
    version: z.string(),
    sha256: z.string(),
    name: z.string(),
    ip: z.string().nullable(),
    created_at: z.string(),
    is_current: z.boolean().openapi({ description: "Of the text that is signed now." }),
  })
  .openapi("ContractSignature");

export const applicationSchema = z
  .object({
    object: z.literal("application"),
    merchant: z.string(),
    status: z.enum(liveStatuses),
    facts: factsSchema,
    documents: z.array(documentSchema),
    needed_documents: z.array(documentKindSchema),
    signature: signatureSchema.nullable(),
    message: z.string().nullable().openapi({ description: "What we ask for, or why the application was refused." }),
    submitted_at: z.string().nullable(),
    due_at: z.string().nullable().openapi({ description: "Until when you have an answer." }),
    updated_at: z.string(),
  })
  .openapi("Application");

export const contractSchema = z
  .object({
    object: z.literal("contract"),
    version: z.string(),
    sha256: z.string().openapi({ description: "SHA-256 over both texts; sign with it." }),
    en: z.string().openapi({ description: "Markdown." }),
    zh: z.string().openapi({ description: "Markdown." }),
  })
  .openapi("Contract");

export function documentJson(paper: Paper): z.output<typeof documentSchema> {
  return {
    id: paper.id,
    object: "application_document",
    kind: paper.kind,
    name: paper.name,
    content_type: paper.contentType,
    size: paper.size,
    sha256: paper.sha256,
    created_at: paper.createdAt.toISOString(),
  };
}

export function signatureJson(signature: Signature): z.output<typeof signatureSchema> {
  return {
    id: signature.id,
    object: "contract_signature",
    version: signature.version,
    sha256: signature.sha256,
    name: signature.signerName,
    ip: signature.ip,
    created_at: signature.createdAt.toISOString(),
    is_current: signature.sha256 === currentContract().sha256,
  };
}

export function applicationJson(
  application: Application,
  papers: readonly Paper[],
  signature: Signature | undefined,
): z.output<typeof applicationSchema> {
  return {
    object: "application",
    merchant: application.merchant.merchantId,
    status: application.status,
    facts: application.facts,
    documents: papers.map(documentJson),
    needed_documents: [...neededDocuments],
    signature: signature ? signatureJson(signature) : null,
    message: application.message,
    submitted_at: application.submittedAt?.toISOString() ?? null,
    due_at: application.dueAt?.toISOString() ?? null,
    updated_at: application.updatedAt.toISOString(),
  };
}

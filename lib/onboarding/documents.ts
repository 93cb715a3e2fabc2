import { and, eq } from "drizzle-orm";
import type { ApplicationDocument } from "#db/schema/onboarding";
import { sealedFiles } from "#db/schema/sealed-files";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import { FileTypeRefused } from "#lib/sealed-files/errors";
import { giveFiles, keepFile } from "#lib/sealed-files/keep-file";
import { type FileFacts, filesOf, openFile } from "#lib/sealed-files/load-file";
import { applicationId, lockApplication, requireOpen, writeApplication } from "./application.ts";
import { TooManyDocuments } from "./errors.ts";

const mostDocuments = 20;
const readable: ReadonlySet<string> = new Set(["application/pdf", "image/png", "image/jpeg"]);

export interface Paper extends FileFacts {
  readonly kind: ApplicationDocument["kind"];
}

/**
 * Keeps a file for the application: a PDF, PNG or JPEG by its bytes, sealed, and gone after a day when nothing names it.
 *
 * @throws FileTypeRefused, FileTooLarge, TooManyFiles, ApplicationClosed
 */
export function keepPaper(ctx: Context, name: string, bytes: Buffer): Promise<FileFacts> {
  return ctx.transaction(async (tx) => {
    requireOpen(await lockApplication(tx));
    const file = await keepFile(tx, { name, bytes, purpose: "application" });
    if (!readable.has(file.contentType)) throw new FileTypeRefused();
    const { size, sha256 } = file;
    await recordAudit(tx, "application.upload", file.id, { name: file.name, size, sha256 });
    return file;
  });
}

/** Adds a kept file to the application. @throws FileUnknown, TooManyDocuments, ApplicationClosed */
export function addDocument(ctx: Context, { file, kind }: ApplicationDocument): Promise<Paper> {
  return ctx.transaction(async (tx) => {
    const before = await lockApplication(tx);
    requireOpen(before);
    if (before.documents.length >= mostDocuments) throw new TooManyDocuments();
    await giveFiles(tx, [file], { purpose: "application", ownerId: applicationId(tx.merchantId), param: "file" });
    const { documents } = await writeApplication(tx, before, { documents: [...before.documents, { file, kind }] });
    await recordAudit(tx, "application.add_document", file, { kind });
    const paper = (await papersOf(tx, documents)).find(({ id }) => id === file);
    if (!paper) throw new NotFound("file");
    return paper;
  });
}

/** Takes a paper back; its bytes are gone. @throws NotFound, ApplicationClosed */
export function removeDocument(ctx: Context, id: string): Promise<void> {
  return ctx.transaction(async (tx) => {
    const before = await lockApplication(tx);
    const documents = before.documents.filter(({ file }) => file !== id);
    if (documents.length === before.documents.length) throw new NotFound("file");
    requireOpen(before);
    await tx.db.delete(sealedFiles).where(and(eq(sealedFiles.merchantId, tx.merchantId), eq(sealedFiles.id, id)));
    await writeApplication(tx, before, { documents });
    await recordAudit(tx, "application.remove_document", id);
  });
}

/** The papers of an application, in the order in which they came. */
export async function papersOf(tx: Tx, documents: readonly ApplicationDocument[]): Promise<Paper[]> {
  if (documents.length === 0) return [];
  const kinds = new Map(documents.map(({ file, kind }) => [file, kind]));
  return (await filesOf(tx, applicationId(tx.merchantId))).flatMap((file) => {
    const kind = kinds.get(file.id);
    return kind ? [{ ...file, kind }] : [];
  });
}

/** Opens a paper. The caller records who looked. @throws NotFound */
export function openDocument(tx: Tx, id: string) {
  return openFile(tx, applicationId(tx.merchantId), id);
}

import { and, asc, eq } from "drizzle-orm";
import { sealedFiles } from "#db/schema/sealed-files";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { openBytes } from "./file-key.ts";

/** What is told of a file without opening it. */
export const factColumns = {
  id: sealedFiles.id,
  name: sealedFiles.name,
  contentType: sealedFiles.contentType,
  size: sealedFiles.size,
  sha256: sealedFiles.sha256,
  uploadedBy: sealedFiles.uploadedBy,
  createdAt: sealedFiles.createdAt,
};

export type FileFacts = Pick<typeof sealedFiles.$inferSelect, keyof typeof factColumns>;

/** The files of one ticket or application, in the order in which they came. */
export function filesOf(tx: Tx, ownerId: string): Promise<FileFacts[]> {
  return tx.db
    .select(factColumns)
    .from(sealedFiles)
    .where(and(eq(sealedFiles.merchantId, tx.merchantId), eq(sealedFiles.ownerId, ownerId)))
    .orderBy(asc(sealedFiles.id));
}

/** A file of `ownerId`, opened. @throws NotFound also when it was given to something else */
export async function openFile(tx: Tx, ownerId: string, id: string): Promise<FileFacts & { readonly bytes: Buffer }> {
  const [row] = await tx.db
    .select({ ...factColumns, sealedKey: sealedFiles.sealedKey, content: sealedFiles.content })
    .from(sealedFiles)
    .where(and(eq(sealedFiles.merchantId, tx.merchantId), eq(sealedFiles.ownerId, ownerId), eq(sealedFiles.id, id)));
  if (!row) throw new NotFound("file");
  const { sealedKey, content, ...facts } = row;
  return { ...facts, bytes: openBytes(id, { sealedKey, content }) };
}

import { createHash } from "node:crypto";
import { and, count, eq, gt, inArray, isNull } from "drizzle-orm";
import { type FilePurpose, sealedFiles } from "#db/schema/sealed-files";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";
import { FileTooLarge, FileTypeRefused, FileUnknown, TooManyFiles } from "./errors.ts";
import { sealBytes } from "./file-key.ts";
import { readFileType } from "./file-type.ts";
import { type FileFacts, factColumns } from "./load-file.ts";

export const maxFileBytes = 5 * 1_048_576;
/** Given to nothing yet: more at a time is no mistake. */
const mostLoose = 50;
/** Files given to nothing are gone after this. */
export const looseLifeMs = 24 * 3_600_000;

export interface NewFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly purpose: FilePurpose;
}

/**
 * Keeps a file sealed until it is given to something. The caller records the audit.
 *
 * @throws FileTooLarge, FileTypeRefused, TooManyFiles
 */
export async function keepFile(tx: Tx, { name, bytes, purpose }: NewFile): Promise<FileFacts> {
  if (bytes.length > maxFileBytes) throw new FileTooLarge(maxFileBytes);
  const contentType = readFileType(bytes, name);
  if (!contentType) throw new FileTypeRefused();
  const since = new Date(tx.now.getTime() - looseLifeMs);
  const [loose] = await tx.db
    .select({ number: count() })
    .from(sealedFiles)
    .where(
      and(eq(sealedFiles.merchantId, tx.merchantId), isNull(sealedFiles.ownerId), gt(sealedFiles.createdAt, since)),
    );
  if ((loose?.number ?? 0) >= mostLoose) throw new TooManyFiles();
  const id = newId("file", tx.merchantId, tx.now.getTime());
  const [row] = await tx.db
    .insert(sealedFiles)
    .values({
      merchantId: tx.merchantId,
      id,
      purpose,
      name: shownName(name),
      contentType,
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      ...sealBytes(id, bytes),
      uploadedBy: tx.ctx.actor.id,
      createdAt: tx.now,
    })
    .returning(factColumns);
  if (!row) throw new Error("file not inserted");
  return row;
}

/** The last part of a path, without what a header or a terminal would take for an order. */
function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last.replaceAll(/[\p{Cc}\p{Cf}"]/gu, "").slice(-120) || "file";
}

/**
 * Gives files to what they were sent for. Each only once, and only by whoever sent it.
 *
 * @throws FileUnknown naming `param`
 */
export async function giveFiles(
  tx: Tx,
  ids: readonly string[],
  { purpose, ownerId, param }: { purpose: FilePurpose; ownerId: string; param: string },
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const given = await tx.db
    .update(sealedFiles)
    .set({ ownerId })
    .where(
      and(
        eq(sealedFiles.merchantId, tx.merchantId),
        inArray(sealedFiles.id, wanted),
        eq(sealedFiles.purpose, purpose),
        eq(sealedFiles.uploadedBy, tx.ctx.actor.id),
        isNull(sealedFiles.ownerId),
      ),
    )
    .returning({ id: sealedFiles.id });
  if (given.length < wanted.length) throw new FileUnknown(param);
}

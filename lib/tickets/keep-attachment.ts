import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { keepFile } from "#lib/sealed-files/keep-file";
import { type FileFacts, openFile } from "#lib/sealed-files/load-file";
import { getTicket } from "./store.ts";

/** Keeps a file until a message takes it along. @throws what keepFile says */
export async function keepAttachment(ctx: Context, name: string, bytes: Buffer): Promise<FileFacts> {
  return ctx.transaction(async (tx) => {
    const file = await keepFile(tx, { name, bytes, purpose: "ticket" });
    await recordAudit(tx, "ticket.attach", file.id, { contentType: file.contentType, size: file.size });
    return file;
  });
}

/** @throws NotFound when ticket or file is not the merchant's, or the file is another ticket's */
export async function readAttachment(ctx: Context, ticketId: string, fileId: string) {
  return ctx.transaction(async (tx) => {
    const ticket = await getTicket(tx, ticketId);
    return openFile(tx, ticket.id, fileId);
  });
}

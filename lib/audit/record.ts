import { sql } from "drizzle-orm";
import { auditLog } from "#db/schema/inbox";
import { rowOf, statement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";
import type { RequestActor } from "./actor.ts";

type Entry = typeof auditLog.$inferSelect;

const insertEntry = statement((db, value: Omit<Entry, "recordedAt" | "personalSalt" | "personalDigest">) =>
  // The server's own clock says when it was recorded, whatever day it is for the caller.
  db.insert(auditLog).values({
    ...rowOf(auditLog, value as Entry),
    recordedAt: sql`default`,
    personalSalt: sql`default`,
    personalDigest: sql`default`,
  }),
);

/**
 * Writes who did what into the same transaction as the deed.
 *
 * @param change what a reader needs, never a secret; under `before` and `after` what was changed (see `difference`)
 * @param personal what of it names a person, such as an address: kept apart, so that it can be forgotten
 */
export async function recordAudit(
  tx: Tx,
  verb: string,
  objectId: string,
  change?: Record<string, unknown>,
  personal?: Record<string, unknown>,
): Promise<void> {
  const { actor, requestId }: { actor: RequestActor; requestId: string } = tx.ctx;
  const inserted = insertEntry(tx, {
    merchantId: tx.merchantId,
    id: newId("audit", tx.merchantId, tx.now.getTime()),
    livemode: tx.livemode,
    actorType: actor.type,
    actorId: actor.id,
    verb,
    objectId,
    change: change ?? null,
    personal: personal ?? null,
    requestId,
    ip: actor.ip ?? null,
    userAgent: actor.userAgent ?? null,
    createdAt: tx.now,
  });
  tx.send(inserted);
}

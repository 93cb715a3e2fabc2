import { auditLog } from "#db/schema/inbox";
import { rowOf, statement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";

const insertEntry = statement((db, value: typeof auditLog.$inferSelect) =>
  db.insert(auditLog).values(rowOf(auditLog, value)),
);

/** Writes who did what into the same transaction as the deed. `change` holds what a reader needs, never a secret. */
export async function recordAudit(
  tx: Tx,
  verb: string,
  objectId: string,
  change?: Record<string, unknown>,
): Promise<void> {
  const { actor, requestId } = tx.ctx;
  await insertEntry(tx, {
    merchantId: tx.merchantId,
    id: newId("audit", tx.merchantId, tx.now.getTime()),
    livemode: tx.livemode,
    actorType: actor.type,
    actorId: actor.id,
    verb,
    objectId,
    change: change ?? null,
    requestId,
    ip: actor.ip ?? null,
    createdAt: tx.now,
  });
}

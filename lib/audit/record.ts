import { auditLog } from "#db/schema/inbox";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";

/** Writes who did what into the same transaction as the deed. `change` holds what a reader needs, never a secret. */
export async function recordAudit(
  tx: Tx,
  verb: string,
  objectId: string,
  change?: Record<string, unknown>,
): Promise<void> {
  const { actor, requestId } = tx.ctx;
  await tx.db.insert(auditLog).values({
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

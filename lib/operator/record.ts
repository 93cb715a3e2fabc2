import { operatorLog } from "#db/schema/operator";
import type { Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import type { OperatorContext, OperatorTx } from "./context.ts";

export interface Deed {
  /** `noun.verb`, with a text under `console.verbs`. */
  readonly verb: string;
  readonly objectId: string;
  /** What a reader needs, never a secret; under `before` and `after` what was changed. */
  readonly change?: Record<string, unknown>;
}

/** Writes what an operator did to the platform into the same transaction as the deed. */
export async function recordDeed(tx: OperatorTx, deed: Deed): Promise<void> {
  await insert(tx.octx, tx.db, deed, { now: tx.now });
}

/** Writes what an operator did at one merchant: into the operators' log, and into the merchant's own activity log. */
export async function recordDeedAt(octx: OperatorContext, tx: Tx, deed: Deed): Promise<void> {
  const { merchantId, livemode, now } = tx;
  await insert(octx, tx.db, deed, { now, aboutMerchant: merchantId, livemode });
  await recordAudit(tx, deed.verb, deed.objectId, deed.change);
}

/** What the merchant does not see: notes about it, looks at its documents. */
export async function recordHiddenDeedAt(octx: OperatorContext, tx: Tx, deed: Deed): Promise<void> {
  const { merchantId, livemode, now } = tx;
  await insert(octx, tx.db, deed, { now, aboutMerchant: merchantId, livemode });
}

async function insert(
  octx: OperatorContext,
  db: Pick<OperatorTx["db"] | Tx["db"], "insert">,
  { verb, objectId, change }: Deed,
  about: { now: Date; aboutMerchant?: string; livemode?: boolean },
): Promise<void> {
  const { now, ...whom } = about;
  await db.insert(operatorLog).values({
    operatorId: octx.operator.id,
    verb,
    objectId,
    change: change ?? null,
    requestId: octx.requestId,
    ip: octx.actor.ip ?? null,
    userAgent: octx.actor.userAgent ?? null,
    createdAt: now,
    ...whom,
  });
}

import { desc, eq } from "drizzle-orm";
import { contractSignatures } from "#db/schema/onboarding";
import type { Context, Tx } from "#db/tenancy";
import type { RequestActor } from "#lib/audit/actor";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { PersonRequired } from "#lib/team/errors";
import { lockApplication, requireOpen } from "./application.ts";
import { currentContract } from "./contract.ts";
import { ContractChanged } from "./errors.ts";

export type Signature = typeof contractSignatures.$inferSelect;

/**
 * Signs the contract in the name of the merchant: name as typed, version and fingerprint of the text, time, address and
 * browser are kept, and nothing of it can be changed.
 *
 * @param input.sha256 of the text that the person saw
 * @throws PersonRequired for a key, ContractChanged, ApplicationClosed
 */
export function signContract(ctx: Context, input: { name: string; sha256: string }): Promise<Signature> {
  const actor: RequestActor = ctx.actor;
  const contract = currentContract();
  if (actor.type !== "user") throw new PersonRequired();
  if (input.sha256 !== contract.sha256) throw new ContractChanged();
  return ctx.transaction(async (tx) => {
    requireOpen(await lockApplication(tx));
    const [signature] = await tx.db
      .insert(contractSignatures)
      .values({
        merchantId: tx.merchantId,
        id: newId("signature", tx.merchantId, tx.now.getTime()),
        version: contract.version,
        locale: ctx.locale,
        sha256: contract.sha256,
        signerName: input.name,
        signedBy: actor.id,
        ip: actor.ip ?? null,
        userAgent: actor.userAgent ?? null,
        // By the real clock: a contract is no test.
        createdAt: ctx.realNow,
      })
      .returning();
    if (!signature) throw new Error("signature not inserted");
    const { version, sha256 } = contract;
    await recordAudit(tx, "contract.sign", signature.id, { version, sha256, name: input.name });
    return signature;
  });
}

export async function lastSignature(tx: Tx): Promise<Signature | undefined> {
  const [row] = await tx.db
    .select()
    .from(contractSignatures)
    .where(eq(contractSignatures.merchantId, tx.merchantId))
    .orderBy(desc(contractSignatures.id))
    .limit(1);
  return row;
}

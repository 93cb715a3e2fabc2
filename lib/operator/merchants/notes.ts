import { desc, eq } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { merchantNotes } from "#db/schema/onboarding";
import { newPlatformId } from "#lib/kernel/ids";
import type { OperatorContext } from "../context.ts";
import { recordHiddenDeedAt } from "../record.ts";
import { lockMerchant } from "./lock-merchant.ts";

export type MerchantNote = typeof merchantNotes.$inferSelect;

const mostNotes = 200;

/** Newest first. */
export function listNotes(merchantId: string): Promise<MerchantNote[]> {
  return operatorDatabase()
    .select()
    .from(merchantNotes)
    .where(eq(merchantNotes.aboutMerchant, merchantId))
    .orderBy(desc(merchantNotes.id))
    .limit(mostNotes);
}

/** Writes down something about a merchant that the merchant does not see. @throws NotFound */
export function addNote(octx: OperatorContext, merchantId: string, text: string): Promise<MerchantNote> {
  return octx.at(merchantId, true).transaction(async (tx) => {
    await lockMerchant(tx);
    const note = {
      id: newPlatformId("merchantNote", tx.now.getTime()),
      aboutMerchant: merchantId,
      text,
      operatorId: octx.operator.id,
      createdAt: tx.now,
    };
    await tx.db.insert(merchantNotes).values(note);
    await recordHiddenDeedAt(octx, tx, { verb: "merchant.note", objectId: merchantId });
    return note;
  });
}

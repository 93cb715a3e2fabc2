import { requestNonces } from "#db/schema/requests";
import type { Context } from "#db/tenancy";
import type { SignedMessage } from "#lib/http-signatures/base";
import { type SignatureKey, verifySignature } from "#lib/http-signatures/verify";
import { AppError } from "#lib/kernel/errors";
import type { KnownKey } from "./find-key.ts";

function refuse(code: "signature_required" | "signature_invalid" | "signature_replayed", problem?: string): AppError {
  return new AppError("unauthenticated", code, { ...(problem && { detail: { problem } }) });
}

/**
 * Checks the signature of a request whose key has signing set up. One without is let pass unless the key asks for it; one
 * with a signature must have a good one, with a nonce that did not come before.
 *
 * @param body as it was sent; empty when there was none
 */
export async function checkSignature(
  ctx: Context,
  known: KnownKey & { readonly signatureKey: SignatureKey },
  message: SignedMessage,
  body: string | Buffer,
): Promise<void> {
  const { row, signatureKey } = known;
  const found = verifySignature(message, body, row.id, signatureKey, ctx.realNow);
  if ("flaw" in found) {
    if (found.flaw !== "missing") throw refuse("signature_invalid", found.flaw);
    if (row.signatureRequired) throw refuse("signature_required");
    return;
  }
  const isNew = await ctx.transaction((tx) =>
    tx.db
      .insert(requestNonces)
      .values({ merchantId: tx.merchantId, keyId: row.id, nonce: found.nonce, createdAt: ctx.realNow })
      .onConflictDoNothing()
      .returning({ nonce: requestNonces.nonce }),
  );
  if (isNew.length === 0) throw refuse("signature_replayed");
}

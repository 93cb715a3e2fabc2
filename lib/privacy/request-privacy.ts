import { privacyRequests } from "#db/schema/privacy";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { runPrivacyRequest } from "./run-request.ts";
import type { PrivacyRequest } from "./store.ts";
import { hintOf, type Subject, sealSubject } from "./subject.ts";

/** By then the API log has this very request, which names the person. */
const delayMs = 5_000;

/**
 * Takes a person's wish down: everything stored of them as a file (GDPR art. 15, PIPL art. 45), or its erasure as far as
 * the law lets us (GDPR art. 17, PIPL art. 47). A job does it, so that nobody waits for a person with thousands of orders.
 */
export async function requestPrivacy(
  ctx: Context,
  kind: PrivacyRequest["kind"],
  subject: Subject,
): Promise<PrivacyRequest> {
  return ctx.transaction(async (tx) => {
    const id = newId("privacyRequest", tx.merchantId, tx.now.getTime());
    const hint = hintOf(subject);
    const [row] = await tx.db
      .insert(privacyRequests)
      .values({
        merchantId: tx.merchantId,
        id,
        livemode: tx.livemode,
        kind,
        subject: sealSubject(id, subject),
        hint,
        createdAt: tx.now,
      })
      .returning();
    if (!row) throw new Error("a row that was inserted comes back");
    await recordAudit(tx, `privacy.request_${kind}`, id, { subject: hint });
    await runPrivacyRequest.enqueue(tx, { privacyRequestId: id }, { runAt: new Date(tx.now.getTime() + delayMs) });
    return row;
  });
}

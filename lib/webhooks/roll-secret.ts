import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newSecret, sealSecret } from "./secrets.ts";
import { changeEndpoint, loadEndpoint, type WebhookEndpoint } from "./store.ts";

const overlapMs = 24 * 60 * 60 * 1_000;

/**
 * Gives the endpoint a new secret. The old one signs beside it for 24 hours, so that the receiver can be changed over
 * without losing an event. A second roll within that time ends the first old secret: two sign at most.
 *
 * @throws NotFound
 */
export async function rollSecret(ctx: Context, id: string): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  return ctx.transaction(async (tx) => {
    const before = await loadEndpoint(tx, id, { lock: true });
    const secret = newSecret();
    const previousSecretExpiresAt = new Date(tx.now.getTime() + overlapMs);
    const endpoint = await changeEndpoint(tx, id, {
      secret: sealSecret(id, secret),
      previousSecret: before.secret,
      previousSecretExpiresAt,
    });
    await recordAudit(tx, "webhook_endpoint.roll_secret", id, {
      previousSecretExpiresAt: previousSecretExpiresAt.toISOString(),
    });
    return { endpoint, secret };
  });
}

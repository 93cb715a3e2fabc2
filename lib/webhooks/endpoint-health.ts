import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { webhookEndpoints } from "#db/schema/events";
import { statement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { switchOff } from "./disable-endpoint.ts";
import type { TryResult } from "./record-results.ts";
import { alertAfterMs, disableAfterMs } from "./schedule.ts";
import { ownEndpoints, type WebhookEndpoint } from "./store.ts";

const forgetFailing = statement((db, value: { merchantId: string; id: string }) =>
  db
    .update(webhookEndpoints)
    .set({ failingSince: null, alertedAt: null })
    .where(
      and(
        eq(webhookEndpoints.merchantId, value.merchantId),
        eq(webhookEndpoints.id, value.id),
        isNotNull(webhookEndpoints.failingSince),
      ),
    ),
);

/**
 * Keeps the endpoint's record of success and failure: one accepted delivery wipes it clean, 410 switches off at once,
 * failing for a day is reported and for five days switches off. Writes only when something changes, because all
 * deliveries of an endpoint pass here.
 *
 * @param seen the endpoint as it was when the batch was claimed
 */
export async function updateHealth(tx: Tx, seen: WebhookEndpoint, results: readonly TryResult[]): Promise<void> {
  if (results.length === 0) return;
  if (results.some((result) => result.verdict.isGone)) return switchOffOnce(tx, seen.id, "gone");
  const row = and(ownEndpoints(tx), eq(webhookEndpoints.id, seen.id));
  if (results.some((result) => result.verdict.status === "succeeded")) {
    tx.send(forgetFailing(tx, { merchantId: tx.merchantId, id: seen.id }));
    return;
  }
  if (!seen.failingSince) {
    await tx.db
      .update(webhookEndpoints)
      .set({ failingSince: tx.now })
      .where(and(row, isNull(webhookEndpoints.failingSince)));
    return;
  }
  const failingMs = tx.now.getTime() - seen.failingSince.getTime();
  if (failingMs >= disableAfterMs) return switchOffOnce(tx, seen.id, "failing");
  if (failingMs >= alertAfterMs && !seen.alertedAt) await alertOnce(tx, seen.id);
}

async function switchOffOnce(tx: Tx, id: string, reason: "gone" | "failing"): Promise<void> {
  const [endpoint] = await tx.db
    .select()
    .from(webhookEndpoints)
    .where(and(ownEndpoints(tx), eq(webhookEndpoints.id, id)))
    .for("update");
  if (endpoint?.status !== "enabled") return;
  // Another batch may have got through since this one was claimed.
  const isFailing = endpoint.failingSince && tx.now.getTime() - endpoint.failingSince.getTime() >= disableAfterMs;
  if (reason === "gone" || isFailing) await switchOff(tx, endpoint, reason);
}

async function alertOnce(tx: Tx, id: string): Promise<void> {
  const [alerted] = await tx.db
    .update(webhookEndpoints)
    .set({ alertedAt: tx.now })
    .where(
      and(
        ownEndpoints(tx),
        eq(webhookEndpoints.id, id),
        isNull(webhookEndpoints.alertedAt),
        isNotNull(webhookEndpoints.failingSince),
      ),
    )
    .returning({ failingSince: webhookEndpoints.failingSince });
  if (alerted) await recordAudit(tx, "webhook_endpoint.failing", id, { since: alerted.failingSince?.toISOString() });
}

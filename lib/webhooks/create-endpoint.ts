import { count, sql } from "drizzle-orm";
import { webhookEndpoints } from "#db/schema/events";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { processAllowList } from "#lib/http-safe/process";
import { newId } from "#lib/kernel/ids";
import { TooManyWebhookEndpoints } from "./errors.ts";
import type { EventSelection } from "./event-types.ts";
import { newSecret, sealSecret } from "./secrets.ts";
import { ownEndpoints, type WebhookEndpoint } from "./store.ts";
import { checkWebhookUrl } from "./url.ts";

export interface CreateEndpoint {
  readonly url: string;
  readonly description?: string | undefined;
  readonly eventTypes: readonly EventSelection[];
}

export const maxEndpoints = 16;

/**
 * Adds a receiver of events. Its secret is part of the answer here and never again but by `revealSecret`.
 *
 * @throws WebhookUrlInvalid, WebhookUrlRefused, TooManyWebhookEndpoints
 */
export async function createEndpoint(
  ctx: Context,
  input: CreateEndpoint,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const url = checkWebhookUrl(input.url, { livemode: ctx.livemode, allowed: processAllowList() });
  return ctx.transaction(async (tx) => {
    // Creations of one merchant wait for each other here, or two could both count fifteen.
    await tx.db.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`webhook_endpoints:${tx.merchantId}`}, 0))`,
    );
    const [existing] = await tx.db.select({ count: count() }).from(webhookEndpoints).where(ownEndpoints(tx));
    if ((existing?.count ?? 0) >= maxEndpoints) throw new TooManyWebhookEndpoints(maxEndpoints);

    const id = newId("webhookEndpoint", tx.merchantId, tx.now.getTime());
    const secret = newSecret();
    const [endpoint] = await tx.db
      .insert(webhookEndpoints)
      .values({
        merchantId: tx.merchantId,
        id,
        livemode: tx.livemode,
        url,
        description: input.description ?? null,
        eventTypes: [...new Set(input.eventTypes)],
        secret: sealSecret(id, secret),
        createdAt: tx.now,
      })
      .returning();
    if (!endpoint) throw new Error("insert returned no row");
    await recordAudit(tx, "webhook_endpoint.create", id, { url, eventTypes: endpoint.eventTypes });
    return { endpoint, secret };
  });
}

import type { Context } from "#db/tenancy";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import { processAllowList } from "#lib/http-safe/process";
import type { EventSelection } from "./event-types.ts";
import { changeEndpoint, loadEndpoint, type WebhookEndpoint } from "./store.ts";
import { checkWebhookUrl } from "./url.ts";

export interface UpdateEndpoint {
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  readonly eventTypes?: readonly EventSelection[] | undefined;
}

/**
 * Changes what an endpoint receives, and where. Deliveries on their way go to the new address at their next try.
 *
 * @throws NotFound, WebhookUrlInvalid, WebhookUrlRefused
 */
export async function updateEndpoint(ctx: Context, id: string, input: UpdateEndpoint): Promise<WebhookEndpoint> {
  const url =
    input.url === undefined
      ? undefined
      : checkWebhookUrl(input.url, { livemode: ctx.livemode, allowed: processAllowList() });
  return ctx.transaction(async (tx) => {
    const before = await loadEndpoint(tx, id, { lock: true });
    const change = {
      ...(url !== undefined && { url }),
      ...(input.description !== undefined && { description: input.description }),
      ...(input.eventTypes && { eventTypes: [...new Set(input.eventTypes)] }),
    };
    if (Object.keys(change).length === 0) return before;
    // The old address's failures say nothing about the new one.
    const isMoved = url !== undefined && url !== before.url;
    const endpoint = await changeEndpoint(tx, id, {
      ...change,
      ...(isMoved && { failingSince: null, alertedAt: null }),
    });
    await recordAudit(tx, "webhook_endpoint.update", id, difference(before, change));
    return endpoint;
  });
}

import { asc } from "drizzle-orm";
import { webhookEndpoints } from "#db/schema/events";
import type { Context } from "#db/tenancy";
import { maxEndpoints } from "./create-endpoint.ts";
import { ownEndpoints, type WebhookEndpoint } from "./store.ts";

/** All endpoints of the merchant in this mode, oldest first: few enough for one page. */
export async function listEndpoints(ctx: Context): Promise<WebhookEndpoint[]> {
  return ctx.transaction((tx) =>
    tx.db.select().from(webhookEndpoints).where(ownEndpoints(tx)).orderBy(asc(webhookEndpoints.id)).limit(maxEndpoints),
  );
}

import { eq } from "drizzle-orm";
import type { z } from "zod";
import { stripeAccounts } from "#db/schema/sim-stripe";
import { missing } from "./errors.ts";
import type { createWebhookEndpoint } from "./params.ts";
import type { Reply } from "./reply.ts";
import type { Reader } from "./store.ts";
import { apiVersion, seconds } from "./wire.ts";
import type { Call } from "./work.ts";

/**
 * Each account has one endpoint, whose secret was made together with the account: registering it again moves it. Only the
 * answer to the registration shows the secret.
 */
export async function registerEndpoint(call: Call, params: z.output<typeof createWebhookEndpoint>): Promise<Reply> {
  const [row] = await call.tx
    .update(stripeAccounts)
    .set({ webhookUrl: params.url, enabledEvents: params.enabled_events, webhookCreatedAt: call.now })
    .where(eq(stripeAccounts.id, call.account.id))
    .returning();
  if (!row) throw new Error("the account vanished");
  return { status: 200, body: { ...endpointOf(row), secret: row.webhookSecret } };
}

export async function removeEndpoint(call: Call, id: string): Promise<Reply> {
  await endpointById(call.tx, call.account.id, id);
  await call.tx
    .update(stripeAccounts)
    .set({ webhookUrl: null, enabledEvents: [] })
    .where(eq(stripeAccounts.id, call.account.id));
  return { status: 200, body: { id, object: "webhook_endpoint", deleted: true } };
}

export async function endpointById(db: Reader, accountId: string, id: string): Promise<object> {
  const found = (await endpoints(db, accountId)).find((endpoint) => endpoint.id === id);
  if (!found) throw missing("webhook endpoint", id, "webhook_endpoint");
  return found;
}

export async function endpoints(db: Reader, accountId: string) {
  const rows = await db.select().from(stripeAccounts).where(eq(stripeAccounts.id, accountId));
  return rows.filter((row) => row.webhookUrl !== null).map(endpointOf);
}

function endpointOf(row: typeof stripeAccounts.$inferSelect) {
  return {
    id: row.webhookEndpointId,
    object: "webhook_endpoint",
    api_version: apiVersion,
    application: null,
    created: seconds(row.webhookCreatedAt ?? row.createdAt),
    description: null,
    enabled_events: row.enabledEvents,
    livemode: false,
    metadata: {},
    status: "enabled",
    url: row.webhookUrl,
  };
}

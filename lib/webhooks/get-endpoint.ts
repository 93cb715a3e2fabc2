import type { Context } from "#db/tenancy";
import { loadEndpoint, type WebhookEndpoint } from "./store.ts";

/** @throws NotFound */
export async function getEndpoint(ctx: Context, id: string): Promise<WebhookEndpoint> {
  return ctx.transaction((tx) => loadEndpoint(tx, id));
}

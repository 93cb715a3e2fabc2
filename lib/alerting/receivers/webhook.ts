import { z } from "@hono/zod-openapi";
import { signedHeaders } from "#lib/webhooks/signature";
import { type AlertMessage, type AlertRequest, httpError } from "../message.ts";

export const webhookConfig = z.strictObject({
  url: z.url().max(500),
  /** `whsec_` and base64, as Standard Webhooks has it. */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/),
});

/** Any server of ours, signed per Standard Webhooks. @param id the notice's, the same for each try */
export function webhookRequest(
  { url, secret }: z.output<typeof webhookConfig>,
  message: AlertMessage,
  now: Date,
  id: string,
): AlertRequest {
  const body = JSON.stringify({ type: "alert", timestamp: now.toISOString(), data: message });
  return {
    url: new URL(url),
    headers: { "content-type": "application/json", ...signedHeaders(id, now, body, [secret]) },
    body,
  };
}

export const webhookAnswer = (status: number): string | undefined => httpError(status);

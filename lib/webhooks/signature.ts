import { hmacSha256 } from "#lib/kernel/crypto";

export interface SignedHeaders extends Record<string, string> {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
}

/**
 * The three headers of Standard Webhooks: HMAC-SHA256 over `<id>.<unix seconds>.<body>`, one signature a secret,
 * separated by spaces, so that a receiver may verify with the old secret or the new one while it is being rolled.
 */
export function signedHeaders(id: string, at: Date, body: string, secrets: readonly string[]): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${hmacSha256(key, `${id}.${timestamp}.${body}`).toString("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

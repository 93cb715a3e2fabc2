import { randomBytes } from "node:crypto";
import type { webhookEndpoints } from "#db/schema/events";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";

type EndpointSecrets = Pick<
  typeof webhookEndpoints.$inferSelect,
  "id" | "secret" | "previousSecret" | "previousSecretExpiresAt"
>;

/** `whsec_` and 32 random bytes in base64 (Standard Webhooks, "Signature scheme": 24 to 64 bytes). */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

export const secretContext = (endpointId: string) => `webhook_endpoints:${endpointId}`;

export function sealSecret(endpointId: string, secret: string): string {
  return seal(env.secretsKeys, secret, secretContext(endpointId));
}

export function openSecret(endpoint: Pick<EndpointSecrets, "id" | "secret">): string {
  return unseal(env.secretsKeys, endpoint.secret, secretContext(endpoint.id));
}

/** The secrets that sign at this moment: the present one, and the one before while it is still accepted. */
export function signingSecrets(endpoint: EndpointSecrets, now: Date): string[] {
  const secrets = [openSecret(endpoint)];
  const { previousSecret, previousSecretExpiresAt } = endpoint;
  if (previousSecret && previousSecretExpiresAt && previousSecretExpiresAt > now) {
    secrets.push(openSecret({ id: endpoint.id, secret: previousSecret }));
  }
  return secrets;
}

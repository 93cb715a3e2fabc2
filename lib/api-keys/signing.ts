import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import type { ApiKey } from "./create-key.ts";

type Signing = Pick<ApiKey, "id" | "signatureAlgorithm" | "signatureKey">;

export const signatureContext = (keyId: string) => `api_keys:${keyId}:signature`;

export function sealSignatureSecret(keyId: string, secret: string): string {
  return seal(env.secretsKeys, secret, signatureContext(keyId));
}

/** What a request's signature is checked with: PEM of a public key, or the shared secret in base64. */
export function signatureKeyOf(key: Signing): string | undefined {
  if (!key.signatureKey) return undefined;
  return key.signatureAlgorithm === "hmac-sha256"
    ? unseal(env.secretsKeys, key.signatureKey, signatureContext(key.id))
    : key.signatureKey;
}

/** The same secret for the key that takes another's place: a sealed text opens in its own row only. */
export function resealSignatureKey(old: Signing, newKeyId: string): string | null {
  const secret = signatureKeyOf(old);
  if (secret === undefined) return null;
  return old.signatureAlgorithm === "hmac-sha256" ? sealSignatureSecret(newKeyId, secret) : secret;
}

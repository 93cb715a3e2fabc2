import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";

/** What a file's key is bound to, so that one copied to another row does not open. */
export function fileContext(id: string): string {
  return `sealed_files:${id}`;
}

export interface SealedBytes {
  readonly sealedKey: string;
  readonly content: Buffer;
}

/** AES-256-GCM under a key of this file's own. */
export function sealBytes(id: string, bytes: Buffer): SealedBytes {
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(fileContext(id)));
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return {
    sealedKey: seal(env.secretsKeys, key.toString("base64"), fileContext(id)),
    content: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]),
  };
}

/** @throws Error when key or bytes were tampered with, or belong to another file */
export function openBytes(id: string, { sealedKey, content }: SealedBytes): Buffer {
  const key = Buffer.from(unseal(env.secretsKeys, sealedKey, fileContext(id)), "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, content.subarray(0, 12)).setAAD(Buffer.from(fileContext(id)));
  decipher.setAuthTag(content.subarray(12, 28));
  return Buffer.concat([decipher.update(content.subarray(28)), decipher.final()]);
}

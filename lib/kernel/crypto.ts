import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export function sha256Hex(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

export function hmacSha256(key: string | Buffer, text: string | Buffer): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** Compares secrets in constant time; texts of different length are unequal. */
export function equalSecrets(a: string | Buffer, b: string | Buffer): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}

/** Named 256-bit keys. New text is sealed under the first; the others still open what was sealed under them. */
export interface KeyRing {
  readonly current: string;
  readonly keys: Pick<ReadonlyMap<string, Buffer>, "get">;
}

/**
 * Reads `name:base64,name:base64`, newest first (the form of SECRETS_KEYS).
 *
 * @throws RangeError when an entry has no name or its key is not 32 bytes
 */
export function parseKeyRing(text: string): KeyRing & { readonly keys: ReadonlyMap<string, Buffer> } {
  const keys = new Map<string, Buffer>();
  for (const entry of text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)) {
    const separator = entry.indexOf(":");
    const key = Buffer.from(entry.slice(separator + 1), "base64");
    if (separator < 1 || key.length !== 32) throw new RangeError("SECRETS_KEYS wants name:base64 of 32 bytes");
    keys.set(entry.slice(0, separator), key);
  }
  const [current] = keys.keys();
  if (!current) throw new RangeError("SECRETS_KEYS is empty");
  return { current, keys };
}

/**
 * AES-256-GCM under the ring's first key. `context` (say, table and row id) is bound in as associated data, so that a
 * ciphertext copied to another row does not open.
 *
 * @returns `v1.<key name>.<base64url of iv, tag and ciphertext>`
 */
export function seal(ring: KeyRing, plaintext: string, context: string): string {
  const key = ring.keys.get(ring.current);
  if (!key) throw new RangeError("key ring lost its current key");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `v1.${ring.current}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString("base64url")}`;
}

/** @throws Error when the key is not in the ring, or the text or its context was changed */
export function unseal(ring: KeyRing, sealed: string, context: string): string {
  const [version, name, body] = sealed.split(".");
  const key = name === undefined ? undefined : ring.keys.get(name);
  if (version !== "v1" || !key || !body) throw new Error("sealed text has an unknown form or key");
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

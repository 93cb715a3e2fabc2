import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { processWide } from "#lib/kernel/globals";

const maxCachedKeys = 512;
const keys = processWide("alipay.keys", () => new Map<string, KeyObject>());

/** Parsing a key costs as much as signing with it, so the last few hundred stay parsed. */
function cached(name: string, parse: () => KeyObject): KeyObject {
  const known = keys.get(name);
  if (known) return known;
  const key = parse();
  const [oldest] = keys.keys();
  if (keys.size >= maxCachedKeys && oldest !== undefined) keys.delete(oldest);
  keys.set(name, key);
  return key;
}

/** PEM, or the bare base64 that Alipay's console and key tool give out. @throws Error when it is no private key */
export function privateKeyOf(text: string): KeyObject {
  return cached(`private ${text}`, () => {
    if (text.includes("-----BEGIN")) return createPrivateKey(text);
    const der = Buffer.from(text, "base64");
    try {
      return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    } catch {
      return createPrivateKey({ key: der, format: "der", type: "pkcs1" });
    }
  });
}

/** PEM, or the bare base64 of the console. @throws Error when it is no public key */
export function publicKeyOf(text: string): KeyObject {
  return cached(`public ${text}`, () =>
    text.includes("-----BEGIN")
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" }),
  );
}

export type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * What RSA2 signs: every parameter but `sign` that has a value, sorted by name, `name=value` joined by `&`, nothing
 * encoded (channels.md §1.2).
 */
export function canonicalText(parameters: Parameters): string {
  return joined(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== ""));
}

function joined(entries: readonly (readonly [string, string | undefined])[]): string {
  return entries
    .filter(([name]) => name !== "sign")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** Base64 of SHA256withRSA, made on the thread pool: a signature takes about a millisecond, which the event loop is spared. */
export function signText(privateKey: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    sign("sha256", Buffer.from(text), privateKeyOf(privateKey), (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString("base64"));
    });
  });
}

export function verifyBytes(publicKey: string, bytes: Buffer, signature: string): boolean {
  return verify("sha256", bytes, publicKeyOf(publicKey), Buffer.from(signature, "base64"));
}

/**
 * Whether a notification is Alipay's. Trades leave both `sign` and `sign_type` out of what is signed, some other
 * products only `sign`; the rules leave empty values out, the official SDKs keep them (channels.md §1.6). SHA-1
 * (`sign_type=RSA`) is not accepted.
 */
export function verifyNotification(publicKey: string, parameters: Readonly<Record<string, string>>): boolean {
  const { sign: signature, sign_type: signType, ...rest } = parameters;
  if (!signature || signType !== "RSA2") return false;
  const withType = { ...rest, sign_type: signType };
  // A set, because without empty values the forms are the same and a bad signature need not be tried twice.
  const forms = new Set([rest, withType].flatMap((signed) => [canonicalText(signed), joined(Object.entries(signed))]));
  return [...forms].some((text) => verifyBytes(publicKey, Buffer.from(text), signature));
}

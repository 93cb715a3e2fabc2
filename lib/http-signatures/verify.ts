import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { type SignedMessage, signatureBase } from "./base.ts";
import { readByteDictionary, readSignatureInput, type SignatureInput } from "./fields.ts";

export const signatureAlgorithms = ["ed25519", "hmac-sha256"] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** What checks the signatures of one caller. */
export type SignatureKey =
  | { readonly algorithm: "ed25519"; readonly publicKey: KeyObject }
  | { readonly algorithm: "hmac-sha256"; readonly secret: Buffer };

export function signatureKey(algorithm: SignatureAlgorithm, material: string): SignatureKey {
  return algorithm === "ed25519"
    ? { algorithm, publicKey: createPublicKey(material) }
    : { algorithm, secret: Buffer.from(material, "base64") };
}

/** How far a signature's time may lie from ours, either way. */
export const windowSeconds = 300;

const nonceForm = /^[\x21-\x7e]{8,128}$/;

export type SignatureFlaw =
  | "missing"
  | "malformed"
  | "algorithm"
  | "components"
  | "nonce"
  | "digest"
  | "window"
  | "signature";

export type Verified = { readonly nonce: string } | { readonly flaw: SignatureFlaw };

/**
 * Checks the signature that names this key (RFC 9421). It has to cover method and target, the body by its Content-Digest
 * (RFC 9530), and carry its time and a nonce; whether the nonce is new is for the caller to find out.
 *
 * @param body as it was sent; empty when there was none
 */
export function verifySignature(
  message: SignedMessage,
  body: string | Buffer,
  keyId: string,
  key: SignatureKey,
  now: Date,
): Verified {
  const [inputs, signatures] = [message.header("signature-input"), message.header("signature")];
  if (inputs === undefined || signatures === undefined) return { flaw: "missing" };
  const known = readSignatureInput(inputs);
  const bytes = readByteDictionary(signatures);
  if (!known || !bytes) return { flaw: "malformed" };
  const [label, input] = [...known].find(([, one]) => one.parameters.keyid === keyId) ?? [];
  const signature = label === undefined ? undefined : bytes.get(label);
  if (!input || !signature) return { flaw: "missing" };

  const { alg, nonce } = input.parameters;
  if (alg !== undefined && alg !== key.algorithm) return { flaw: "algorithm" };
  if (!coversEnough(input, body)) return { flaw: "components" };
  if (typeof nonce !== "string" || !nonceForm.test(nonce)) return { flaw: "nonce" };
  if (!isInWindow(input, now)) return { flaw: "window" };
  if (body.length > 0 && !digestFits(message.header("content-digest"), body)) return { flaw: "digest" };
  const base = signatureBase(message, input);
  if (base === undefined) return { flaw: "components" };
  return signatureFits(key, base, signature) ? { nonce } : { flaw: "signature" };
}

function coversEnough({ components }: SignatureInput, body: string | Buffer): boolean {
  const covers = (...names: string[]) => names.every((name) => components.includes(name));
  const target = covers("@target-uri") || covers("@authority", "@path", "@query");
  return covers("@method") && target && (body.length === 0 || covers("content-digest"));
}

function isInWindow({ parameters: { created, expires } }: SignatureInput, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  if (typeof created !== "number" || Math.abs(seconds - created) > windowSeconds) return false;
  return expires === undefined || (typeof expires === "number" && expires > seconds);
}

/** Each digest that we know has to fit, and there has to be one. */
function digestFits(header: string | undefined, body: string | Buffer): boolean {
  const digests = header === undefined ? undefined : readByteDictionary(header);
  if (!digests) return false;
  const known = (["sha-256", "sha-512"] as const).filter((name) => digests.has(name));
  return (
    known.length > 0 &&
    known.every((name) =>
      createHash(name.replace("-", ""))
        .update(body)
        .digest()
        .equals(digests.get(name) ?? Buffer.of()),
    )
  );
}

/** Whether the signature over the base is this key's. */
export function signatureFits(key: SignatureKey, base: string, signature: Buffer): boolean {
  if (key.algorithm === "ed25519") return verify(null, Buffer.from(base), key.publicKey, signature);
  const expected = createHmac("sha256", key.secret).update(base).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { processWide } from "#lib/kernel/globals";
import type { WechatpayCredentials } from "./credentials.ts";

/** Signatures older or newer than this are refused on both sides (channels.md §2.2, §2.3). */
export const clockSkewMs = 5 * 60 * 1000;

const maxCachedKeys = 512;
const keys = processWide("wechatpay.keys", () => new Map<string, KeyObject>());

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

/** @throws Error when the text is no private key in PEM form */
export function privateKeyOf(pem: string): KeyObject {
  return cached(`private ${pem}`, () => createPrivateKey(pem));
}

/** Also takes a certificate, or a private key, whose public half it answers. @throws Error when the text is none of them */
export function publicKeyOf(pem: string): KeyObject {
  return cached(`public ${pem}`, () => createPublicKey(pem));
}

export interface SignedParts {
  readonly method: string;
  /** As sent, with its query and with any prefix of the base address. */
  readonly pathAndQuery: string;
  /** Unix seconds. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
}

/** The five lines that a request's signature covers; each ends in a line feed, also the last (channels.md §2.2). */
export function requestMessage(parts: SignedParts): string {
  return `${parts.method}\n${parts.pathAndQuery}\n${parts.timestamp}\n${parts.nonce}\n${parts.body}\n`;
}

/** The value of a request's Authorization header. */
export async function authorization(credentials: WechatpayCredentials, parts: SignedParts): Promise<string> {
  const signature = await signText(credentials.private_key, requestMessage(parts));
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${credentials.mchid}",nonce_str="${parts.nonce}",` +
    `timestamp="${parts.timestamp}",serial_no="${credentials.serial_no}",signature="${signature}"`
  );
}

/** What the page hands to WeixinJSBridge, signed over app id, time, nonce and package (channels.md §2.5). */
export async function jsapiParameters(
  credentials: WechatpayCredentials,
  prepayId: string,
  stamp: { timestamp: string; nonce: string },
): Promise<Record<string, string>> {
  const prepayPackage = `prepay_id=${prepayId}`;
  const message = `${credentials.appid}\n${stamp.timestamp}\n${stamp.nonce}\n${prepayPackage}\n`;
  return {
    appId: credentials.appid,
    timeStamp: stamp.timestamp,
    nonceStr: stamp.nonce,
    package: prepayPackage,
    signType: "RSA",
    paySign: await signText(credentials.private_key, message),
  };
}

/** The time and a random text of one signature. */
export function newStamp(now: Date): { timestamp: string; nonce: string } {
  return {
    timestamp: Math.floor(now.getTime() / 1000).toString(),
    nonce: randomBytes(16).toString("hex").toUpperCase(),
  };
}

/** On the thread pool: an RSA signature takes about a millisecond, which the event loop is spared. */
function signText(privateKeyPem: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    sign("sha256", Buffer.from(text), privateKeyOf(privateKeyPem), (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString("base64"));
    });
  });
}

export interface SignatureFault {
  readonly reason: "signature" | "stale";
  readonly message: string;
}

/**
 * Why an answer or a notification is not to be believed, or undefined when it is. The signature covers timestamp, nonce
 * and the body's bytes, with the key that the serial header names (channels.md §2.3).
 */
export function signatureFault(
  credentials: WechatpayCredentials,
  header: (name: string) => string | undefined,
  body: Buffer,
  now: Date,
): SignatureFault | undefined {
  const timestamp = header("wechatpay-timestamp");
  const nonce = header("wechatpay-nonce");
  const signature = header("wechatpay-signature");
  if (!timestamp || !nonce || !signature) return { reason: "signature", message: "signature headers are missing" };
  // WeChat Pay probes whether we verify at all by sending these, and expects a refusal.
  if (signature.startsWith("WECHATPAY/SIGNTEST/")) return { reason: "signature", message: "signature probe" };
  if (header("wechatpay-serial") !== credentials.platform_public_key_id) {
    return { reason: "signature", message: "signed with a key that this account does not know" };
  }
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from("\n")]);
  if (!verify("sha256", message, publicKeyOf(credentials.platform_public_key), Buffer.from(signature, "base64"))) {
    return { reason: "signature", message: "signature does not verify" };
  }
  const ageMs = now.getTime() - Number(timestamp) * 1000;
  if (!(Math.abs(ageMs) <= clockSkewMs)) return { reason: "stale", message: "signed too long ago or in the future" };
  return undefined;
}

export interface SealedResource {
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data?: string;
}

const tagBytes = 16;

/** Opens a notification's resource: AES-256-GCM, the tag after the ciphertext (channels.md §2.4). @throws Error when it was changed */
export function openResource(apiv3Key: string, resource: SealedResource): string {
  const bytes = Buffer.from(resource.ciphertext, "base64");
  if (bytes.length < tagBytes) throw new Error("ciphertext is shorter than its tag");
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(apiv3Key), Buffer.from(resource.nonce), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(resource.associated_data ?? ""));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
}

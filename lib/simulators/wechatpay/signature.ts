import { createCipheriv, type KeyObject, randomBytes, sign, verify } from "node:crypto";

/** The message that a request signs: five lines, each with its line feed. @see APIv3 「构造签名串」 */
export function requestMessage(method: string, pathAndQuery: string, timestamp: string, nonce: string, body: string) {
  return `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n${body}\n`;
}

/** The message that an answer and a notification sign. */
export function answerMessage(timestamp: string, nonce: string, body: string): string {
  return `${timestamp}\n${nonce}\n${body}\n`;
}

/** The message that a page in the wallet's browser signs to open the cashier. */
export function jsapiMessage(appId: string, timeStamp: string, nonceStr: string, packageField: string): string {
  return `${appId}\n${timeStamp}\n${nonceStr}\n${packageField}\n`;
}

/** SHA256withRSA, PKCS #1 v1.5, off the main thread. */
export function rsaSign(message: string, privateKey: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    sign("RSA-SHA256", Buffer.from(message), privateKey, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString("base64"));
    });
  });
}

export function isSignedBy(message: string, signature: string, publicKey: KeyObject): boolean {
  return verify("RSA-SHA256", Buffer.from(message), publicKey, Buffer.from(signature, "base64"));
}

export interface EncryptedResource {
  readonly algorithm: "AEAD_AES_256_GCM";
  readonly ciphertext: string;
  readonly associated_data: string;
  readonly nonce: string;
}

/** AES-256-GCM under the merchant's APIv3 key; the tag follows the ciphertext, and the IV is the nonce's 12 characters. */
export function encryptResource(plaintext: string, apiv3Key: string, associatedData: string): EncryptedResource {
  const nonce = newNonce(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(apiv3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: "AEAD_AES_256_GCM",
    ciphertext: ciphertext.toString("base64"),
    associated_data: associatedData,
    nonce,
  };
}

const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function newNonce(length: number): string {
  return pick(alphanumeric, length);
}

export function newDigits(length: number): string {
  return pick("0123456789", length);
}

function pick(alphabet: string, length: number): string {
  let text = "";
  for (const byte of randomBytes(length)) text += alphabet[byte % alphabet.length];
  return text;
}

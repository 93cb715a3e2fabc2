import { type KeyObject, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import { encode } from "./charset.ts";

const signAsync = promisify(
  sign as (
    algorithm: string,
    data: Buffer,
    key: KeyObject,
    callback: (error: Error | null, signature: Buffer) => void,
  ) => void,
);

export type Fields = Readonly<Record<string, string>>;

/** The text that is signed: fields in ASCII order as `name=value` joined by `&`, raw values, empty ones left out. */
function signedText(fields: Fields, except: readonly string[]): string {
  return Object.keys(fields)
    .filter((name) => fields[name] !== "" && !except.includes(name))
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join("&");
}

/** What an app signs: everything but `sign` itself, `sign_type` included. */
export function requestText(fields: Fields): string {
  return signedText(fields, ["sign"]);
}

/** What the provider signs in notifications and return addresses: without `sign` and without `sign_type`. */
export function notificationText(fields: Fields): string {
  return signedText(fields, ["sign", "sign_type"]);
}

/** RSA2: PKCS #1 v1.5 with SHA-256 over the text's bytes in the charset, in base64. */
export async function rsa2Sign(text: string, charset: string, key: KeyObject): Promise<string> {
  const signature = await signAsync("RSA-SHA256", encode(text, charset), key);
  return signature.toString("base64");
}

export function rsa2Verify(text: string, charset: string, key: KeyObject, signature: string): boolean {
  return verify("RSA-SHA256", encode(text, charset), key, Buffer.from(signature, "base64"));
}

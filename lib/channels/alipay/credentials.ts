import { z } from "zod";
import type { CredentialField } from "../channel.ts";
import { privateKeyOf, publicKeyOf } from "./sign.ts";

function isRsa(load: () => { asymmetricKeyType?: string }): boolean {
  try {
    return load().asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/** One application of one merchant in public-key mode (channels.md §1.2). */
export const credentials = z
  .strictObject({
    app_id: z.string().regex(/^\d{8,32}$/, "app_id is the application's number, digits only, such as 2021000000000000"),
    seller_id: z
      .string()
      .regex(/^\d{16}$/, "seller_id is the merchant's Alipay user id (PID): 16 digits, beginning with 2088"),
    private_key: z.string().refine((key) => isRsa(() => privateKeyOf(key)), {
      error: "private_key must be the application's RSA private key, in PEM form or as the key tool shows it",
    }),
    alipay_public_key: z.string().refine((key) => isRsa(() => publicKeyOf(key)), {
      error: "alipay_public_key must be Alipay's RSA public key, in PEM form or as the console shows it",
    }),
  })
  .superRefine((value, check) => {
    if (!isOwnPublicKey(value.private_key, value.alipay_public_key)) return;
    check.addIssue({
      code: "custom",
      path: ["alipay_public_key"],
      message:
        "this is the application's own public key; alipay_public_key is the one that the console shows after you upload yours (支付宝公钥)",
    });
  });

export type AlipayCredentials = z.infer<typeof credentials>;

/** The console shows both side by side, and with the wrong one our own signature would pass for Alipay's. */
function isOwnPublicKey(privateKey: string, publicKey: string): boolean {
  return isRsa(() => {
    const own = privateKeyOf(privateKey).export({ type: "pkcs1", format: "pem" });
    const theirs = publicKeyOf(publicKey);
    if (!publicKeyOf(String(own)).equals(theirs)) throw new Error("different keys");
    return theirs;
  });
}

export const credentialFields: readonly CredentialField[] = [
  { name: "app_id", label: "应用 APPID", secret: false },
  { name: "seller_id", label: "商户 PID (seller_id)", secret: false },
  { name: "private_key", label: "应用私钥", secret: true, multiline: true },
  { name: "alipay_public_key", label: "支付宝公钥", secret: false, multiline: true },
];

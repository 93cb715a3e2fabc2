import { z } from "zod";
import type { CredentialField } from "../channel.ts";
import { privateKeyOf, publicKeyOf } from "./sign.ts";

const privateKeyPem = z.string().refine((pem) => isRsa(() => privateKeyOf(pem)), {
  error:
    "private_key must be the RSA private key in PEM form, the whole of apiclient_key.pem with its BEGIN and END lines",
});

const publicKeyPem = z.string().refine((pem) => isRsa(() => publicKeyOf(pem)), {
  error: "platform_public_key must be WeChat Pay's RSA public key in PEM form, the whole of pub_key.pem",
});

function isRsa(load: () => { asymmetricKeyType?: string }): boolean {
  try {
    return load().asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/** One merchant account in public-key mode (channels.md §2.3): answers and notifications are signed with one known key. */
export const credentials = z
  .strictObject({
    mchid: z.string().regex(/^\d{6,32}$/, "mchid is the merchant number, digits only"),
    appid: z.string().regex(/^[0-9A-Za-z_-]{6,32}$/, "appid is the application id, such as wx8888888888888888"),
    serial_no: z
      .string()
      .regex(/^[0-9A-Fa-f]{8,64}$/, "serial_no is the serial number of the merchant API certificate, in hexadecimal")
      .transform((serial) => serial.toUpperCase()),
    private_key: privateKeyPem,
    apiv3_key: z
      .string()
      .refine(
        (key) => Buffer.byteLength(key) === 32,
        "apiv3_key must be exactly 32 characters, as set in the merchant platform",
      ),
    platform_public_key: publicKeyPem,
    platform_public_key_id: z
      .string()
      .regex(
        /^(PUB_KEY_ID_)?[0-9A-Za-z]{8,64}$/,
        "platform_public_key_id is the public key's id, such as PUB_KEY_ID_0000000000000024101100397200000006",
      ),
  })
  .superRefine((value, check) => {
    if (!isOwnPublicKey(value.private_key, value.platform_public_key)) return;
    check.addIssue({
      code: "custom",
      path: ["platform_public_key"],
      message: "this is the public half of private_key; platform_public_key is the key that WeChat Pay gives you",
    });
  });

export type WechatpayCredentials = z.infer<typeof credentials>;

/** The two keys mixed up would let our own signature pass for the provider's. */
function isOwnPublicKey(privatePem: string, publicPem: string): boolean {
  return isRsa(() => {
    if (!publicKeyOf(privatePem).equals(publicKeyOf(publicPem))) throw new Error("different keys");
    return publicKeyOf(publicPem);
  });
}

export const credentialFields: readonly CredentialField[] = [
  { name: "mchid", label: "商户号 mchid", secret: false },
  { name: "appid", label: "AppID", secret: false },
  { name: "serial_no", label: "商户API证书序列号 serial_no", secret: false },
  { name: "private_key", label: "商户API证书私钥 apiclient_key.pem", secret: true, multiline: true },
  { name: "apiv3_key", label: "APIv3密钥", secret: true },
  { name: "platform_public_key", label: "微信支付公钥 pub_key.pem", secret: false, multiline: true },
  { name: "platform_public_key_id", label: "微信支付公钥ID", secret: false },
];

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
  {
    name: "app_id",
    label: { en: "APPID", "zh-CN": "应用 APPID" },
    help: {
      en: "On open.alipay.com under Console, on the page of your application.",
      "zh-CN": "支付宝开放平台 → 控制台 → 应用详情页顶部。",
    },
    kind: "id",
    secret: false,
  },
  {
    name: "seller_id",
    label: { en: "Merchant PID", "zh-CN": "商户 PID" },
    help: {
      en: "Your company's Alipay user id: 16 digits that begin with 2088.",
      "zh-CN": "企业支付宝账号的用户号：以 2088 开头的 16 位数字。",
    },
    kind: "id",
    secret: false,
  },
  {
    name: "private_key",
    label: { en: "Application private key", "zh-CN": "应用私钥" },
    help: {
      en: "The key that you made with Alipay's key tool. It never leaves your side; Alipay has only its public half.",
      "zh-CN": "用支付宝密钥工具生成的私钥。支付宝只保存对应的公钥。",
    },
    kind: "pem",
    secret: true,
  },
  {
    name: "alipay_public_key",
    label: { en: "Alipay public key", "zh-CN": "支付宝公钥" },
    help: {
      en: "Shown by the console after you upload your public key. Not the application public key beside it.",
      "zh-CN": "上传应用公钥后由控制台给出。不是旁边的“应用公钥”。",
    },
    kind: "pem",
    secret: false,
  },
];

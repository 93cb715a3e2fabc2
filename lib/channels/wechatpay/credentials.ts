import { X509Certificate } from "node:crypto";
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
    certificate: z
      .string()
      .refine((pem) => readCertificate(pem) !== undefined, {
        error: "certificate must be the merchant API certificate in PEM form, the whole of apiclient_cert.pem",
      })
      .optional(),
  })
  .superRefine((value, check) => {
    const problem = certificateProblem(value);
    if (problem) check.addIssue({ code: "custom", path: ["certificate"], message: problem });
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

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The two files of one download are easily mixed with those of the certificate before it. */
function certificateProblem(value: { certificate?: string; serial_no: string; private_key: string }) {
  const certificate = value.certificate && readCertificate(value.certificate);
  if (!certificate) return undefined;
  if (certificate.serialNumber.toUpperCase() !== value.serial_no) return "certificate has another serial_no";
  if (!certificate.publicKey.equals(publicKeyOf(value.private_key))) return "certificate is not that of private_key";
  return undefined;
}

/** The merchant API certificate's end, when it was given: after it WeChat Pay refuses every signature. */
export function credentialsExpireAt({ certificate }: WechatpayCredentials): Date | undefined {
  return certificate ? readCertificate(certificate)?.validToDate : undefined;
}

export const credentialFields: readonly CredentialField[] = [
  {
    name: "mchid",
    label: { en: "Merchant number (mchid)", "zh-CN": "商户号 mchid" },
    help: {
      en: "On pay.weixin.qq.com under Account centre, Merchant information.",
      "zh-CN": "微信支付商户平台 → 账户中心 → 商户信息。",
    },
    kind: "id",
    secret: false,
  },
  {
    name: "appid",
    label: { en: "AppID", "zh-CN": "AppID" },
    help: {
      en: "Of the official account, mini program or app that is bound to the merchant number.",
      "zh-CN": "与商户号绑定的公众号、小程序或 App 的 AppID。",
    },
    kind: "id",
    secret: false,
  },
  {
    name: "serial_no",
    label: { en: "API certificate serial number", "zh-CN": "商户 API 证书序列号" },
    help: {
      en: "Account centre, API security, API certificate, Manage certificate.",
      "zh-CN": "账户中心 → API 安全 → 商户 API 证书 → 管理证书。",
    },
    kind: "id",
    secret: false,
  },
  {
    name: "private_key",
    label: { en: "API certificate private key", "zh-CN": "商户 API 证书私钥" },
    help: {
      en: "The file apiclient_key.pem out of the certificate's package.",
      "zh-CN": "证书压缩包中的 apiclient_key.pem 文件。",
    },
    kind: "pem",
    secret: true,
  },
  {
    name: "certificate",
    label: { en: "API certificate", "zh-CN": "商户 API 证书" },
    help: {
      en: "The file apiclient_cert.pem of the same package. With it we can warn you before it expires.",
      "zh-CN": "同一压缩包中的 apiclient_cert.pem 文件。提供后可在到期前提醒您。",
    },
    kind: "pem",
    secret: false,
    isOptional: true,
  },
  {
    name: "apiv3_key",
    label: { en: "APIv3 key", "zh-CN": "APIv3 密钥" },
    help: {
      en: "The 32 characters that you set under Account centre, API security.",
      "zh-CN": "在账户中心 → API 安全中设置的 32 个字符。",
    },
    kind: "secret",
    secret: true,
  },
  {
    name: "platform_public_key",
    label: { en: "WeChat Pay public key", "zh-CN": "微信支付公钥" },
    help: {
      en: "The file pub_key.pem from Account centre, API security, WeChat Pay public key.",
      "zh-CN": "账户中心 → API 安全 → 微信支付公钥，下载的 pub_key.pem 文件。",
    },
    kind: "pem",
    secret: false,
  },
  {
    name: "platform_public_key_id",
    label: { en: "WeChat Pay public key ID", "zh-CN": "微信支付公钥 ID" },
    help: {
      en: "Beside the public key, begins with PUB_KEY_ID_.",
      "zh-CN": "公钥旁边显示，以 PUB_KEY_ID_ 开头。",
    },
    kind: "id",
    secret: false,
  },
];

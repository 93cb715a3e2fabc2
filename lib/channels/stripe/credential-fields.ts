import type { CredentialField } from "../channel.ts";

export const credentialFields: readonly CredentialField[] = [
  {
    name: "publishable_key",
    label: { en: "Publishable key", "zh-CN": "可发布密钥 Publishable key" },
    help: {
      en: "In Stripe's dashboard under Developers, API keys. Begins with pk_.",
      "zh-CN": "Stripe 控制台 → Developers → API keys，以 pk_ 开头。",
    },
    kind: "id",
    secret: false,
  },
  {
    name: "secret_key",
    label: { en: "Secret key", "zh-CN": "私密密钥 Secret key" },
    help: {
      en: "Beside it; begins with sk_ or, for a restricted key, rk_.",
      "zh-CN": "在同一页面，以 sk_ 开头；受限密钥以 rk_ 开头。",
    },
    kind: "secret",
    secret: true,
  },
  {
    name: "webhook_secret",
    label: { en: "Signing secret", "zh-CN": "签名密钥 Signing secret" },
    help: {
      en: "Of the webhook endpoint that you create in Stripe with this account's notification address. Begins with whsec_.",
      "zh-CN": "在 Stripe 用本账户的通知地址创建 webhook endpoint 后得到，以 whsec_ 开头。",
    },
    kind: "secret",
    secret: true,
  },
];

import { z } from "@hono/zod-openapi";
import type { Branding } from "#db/schema/merchants";
import { keepLogo } from "#lib/branding/keep-logo";
import { updateBranding } from "#lib/branding/update-branding";
import { type Locale, locales } from "#lib/kernel/locale";
import { loadMerchant, type Merchant } from "#lib/merchants/load-merchant";
import { type Notices, noticesOf, updateSettings } from "#lib/merchants/update-settings";
import { mostNoticeAddresses, type NoticeKind, noticeKinds } from "#lib/notices/kinds";
import { jsonBody, resource, route } from "./route.ts";

/** What a merchant says about itself, for test and live mode alike. */
export const settings = resource();
const tag = "Settings";

const lifetimeMinutes = z.number().int().min(5).max(43_200);

const settingsSchema = z
  .object({
    object: z.literal("settings"),
    merchant: z.string(),
    name: z.string(),
    country: z.string(),
    time_zone: z.string().openapi({ description: "IANA name; the merchant's day begins and ends by it." }),
    order_lifetime_minutes: z.number().int(),
    late_payment: z.enum(["refund", "accept"]).openapi({
      description: "What becomes of money that arrives after an order was closed or had expired.",
    }),
    second_payment: z.enum(["refund", "accept"]).openapi({
      description:
        "What becomes of a second payment of the same order. An accepted one is yours, less the fee; give it back with a refund that names its attempt.",
    }),
    notice_emails: z.array(z.string()).openapi({ description: "Whom we tell by mail what needs your attention." }),
    notices: z.array(z.enum(noticeKinds)).openapi({
      description:
        "What they are told: a webhook endpoint was switched off, a channel's certificate ends soon, a payment came late, twice or in a wrong amount.",
    }),
    notice_language: z.enum(locales),
    fee_returned_on_refund: z.boolean(),
  })
  .openapi("Settings", {
    example: {
      object: "settings",
      merchant: "mer_7k2m9xqa",
      name: "Lantern & Leaf Trading Co., Ltd.",
      country: "CN",
      time_zone: "Asia/Shanghai",
      order_lifetime_minutes: 30,
      late_payment: "refund",
      second_payment: "refund",
      notice_emails: ["ops@lantern.example"],
      notices: ["endpoint_off", "credentials_expiring", "unexpected_payment"],
      notice_language: "zh-CN",
      fee_returned_on_refund: true,
    },
  });

function settingsJson(merchant: Merchant) {
  const notices = noticesOf(merchant.settings);
  return {
    object: "settings" as const,
    merchant: merchant.merchantId,
    name: merchant.name,
    country: merchant.country,
    time_zone: merchant.timeZone,
    order_lifetime_minutes: merchant.settings.orderLifetimeMinutes,
    late_payment: merchant.settings.latePayment,
    second_payment: merchant.settings.secondPayment ?? "refund",
    notice_emails: [...notices.emails],
    notices: [...notices.kinds],
    notice_language: notices.locale,
    fee_returned_on_refund: merchant.settings.feeReturnedOnRefund,
  };
}

settings.openapi(
  route({
    method: "get",
    path: "/v1/settings",
    tag,
    summary: "Read the settings",
    permission: "settings:read",
    request: {},
    answer: { status: 200, schema: settingsSchema, description: "The settings." },
  }),
  async (c) => c.json(settingsJson(await loadMerchant(c.var.ctx)), 200),
);

settings.openapi(
  route({
    method: "patch",
    path: "/v1/settings",
    tag,
    summary: "Change settings",
    description: "Takes effect within five seconds. Orders that are open already keep their expiry.",
    permission: "settings:write",
    request: jsonBody(
      z
        .strictObject({
          name: z.string().trim().min(1).max(200).optional(),
          time_zone: z.string().max(64).optional(),
          order_lifetime_minutes: lifetimeMinutes.optional(),
          late_payment: z.enum(["refund", "accept"]).optional(),
          second_payment: z.enum(["refund", "accept"]).optional(),
          notice_emails: z.array(z.email().max(254)).max(mostNoticeAddresses).optional(),
          notices: z.array(z.enum(noticeKinds)).max(noticeKinds.length).optional(),
          notice_language: z.enum(locales).optional(),
        })
        .openapi("UpdateSettings", { example: { order_lifetime_minutes: 45 } }),
    ),
    answer: { status: 200, schema: settingsSchema, description: "The settings." },
  }),
  async (c) => {
    const input = c.req.valid("json");
    const { name, time_zone, order_lifetime_minutes, late_payment, second_payment } = input;
    const merchant = await updateSettings(c.var.ctx, {
      name,
      timeZone: time_zone,
      orderLifetimeMinutes: order_lifetime_minutes,
      latePayment: late_payment,
      secondPayment: second_payment,
      notices: noticesFrom(input),
    });
    return c.json(settingsJson(merchant), 200);
  },
);

function noticesFrom(input: {
  notice_emails?: string[] | undefined;
  notices?: NoticeKind[] | undefined;
  notice_language?: Locale | undefined;
}): Partial<Notices> | undefined {
  const notices = {
    ...(input.notice_emails && { emails: [...new Set(input.notice_emails)] }),
    ...(input.notices && { kinds: noticeKinds.filter((kind) => input.notices?.includes(kind)) }),
    ...(input.notice_language && { locale: input.notice_language }),
  };
  return Object.keys(notices).length > 0 ? notices : undefined;
}

const brandingSchema = z
  .object({
    object: z.literal("branding"),
    display_name: z.string(),
    logo: z.string().nullable().openapi({ description: "Its address, on this host." }),
    color: z.string().nullable(),
    support_email: z.string().nullable(),
    support_phone: z.string().nullable(),
    languages: z.array(z.enum(locales)).openapi({
      description: "Languages of the checkout, the first for shoppers who read none of them.",
    }),
  })
  .openapi("Branding", {
    example: {
      object: "branding",
      display_name: "Lantern & Leaf",
      logo: null,
      color: "#0F766E",
      support_email: "help@lantern.example",
      support_phone: null,
      languages: ["en", "zh-CN", "zh-TW"],
    },
  });

function brandingJson(branding: Branding) {
  return {
    object: "branding" as const,
    display_name: branding.displayName,
    logo: branding.logo ?? null,
    color: branding.color ?? null,
    support_email: branding.supportEmail ?? null,
    support_phone: branding.supportPhone ?? null,
    languages: [...(branding.languages ?? locales)],
  };
}

settings.openapi(
  route({
    method: "get",
    path: "/v1/branding",
    tag,
    summary: "Read how the checkout looks",
    permission: "settings:read",
    request: {},
    answer: { status: 200, schema: brandingSchema, description: "The branding." },
  }),
  async (c) => c.json(brandingJson((await loadMerchant(c.var.ctx)).branding), 200),
);

settings.openapi(
  route({
    method: "patch",
    path: "/v1/branding",
    tag,
    summary: "Change how the checkout looks",
    permission: "settings:write",
    problems: [404],
    request: jsonBody(
      z
        .strictObject({
          display_name: z.string().trim().min(1).max(80).optional(),
          logo: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .nullable()
            .optional()
            .openapi({ description: "The id of an uploaded logo." }),
          color: z
            .string()
            .regex(/^#[0-9a-fA-F]{6}$/)
            .nullable()
            .optional(),
          support_email: z.email().max(254).nullable().optional(),
          support_phone: z
            .string()
            .regex(/^\+?[0-9][0-9 ()-]{4,28}$/)
            .nullable()
            .optional(),
          languages: z.array(z.enum(locales)).min(1).max(locales.length).optional(),
        })
        .openapi("UpdateBranding", { example: { display_name: "Lantern & Leaf", color: "#0F766E" } }),
    ),
    answer: { status: 200, schema: brandingSchema, description: "The branding." },
  }),
  async (c) => {
    const input = c.req.valid("json");
    const branding = await updateBranding(c.var.ctx, {
      displayName: input.display_name,
      logo: input.logo,
      color: input.color,
      supportEmail: input.support_email,
      supportPhone: input.support_phone,
      languages: input.languages && [...new Set(input.languages)],
    });
    return c.json(brandingJson(branding), 200);
  },
);

const logoSchema = z
  .object({
    id: z.string(),
    object: z.literal("logo"),
    url: z.string(),
    content_type: z.string(),
    width: z.number().int(),
    height: z.number().int(),
  })
  .openapi("Logo", {
    example: {
      id: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      object: "logo",
      url: "/v1/checkout/logos/mer_7k2m9xqa/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      content_type: "image/png",
      width: 256,
      height: 256,
    },
  });

settings.openapi(
  route({
    method: "post",
    path: "/v1/branding/logos",
    tag,
    summary: "Upload a logo",
    description: "PNG, JPEG or WebP, at most 150 KB. The checkout shows it once the branding names its id.",
    permission: "settings:write",
    request: jsonBody(
      z
        .strictObject({
          data: z.base64().min(1).max(220_000).openapi({ description: "The file's bytes in base64." }),
        })
        .openapi("UploadLogo", { example: { data: "iVBORw0KGgo…" } }),
    ),
    answer: { status: 201, schema: logoSchema, description: "The picture as it is kept." },
  }),
  async (c) => {
    const kept = await keepLogo(c.var.ctx, Buffer.from(c.req.valid("json").data, "base64"));
    const { contentType, id, url, width, height } = kept;
    return c.json({ id, object: "logo" as const, url, content_type: contentType, width, height }, 201);
  },
);

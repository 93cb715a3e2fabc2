import { z } from "@hono/zod-openapi";
import { notifyUrl } from "#lib/attempts/notify-url";
import type { Channel, Probe } from "#lib/channels/channel";
import { env } from "#lib/kernel/env";
import type { Locale } from "#lib/kernel/locale";
import { minorToJson } from "#lib/kernel/money";
import { sandbox } from "#lib/sandbox/simulators";
import { isHeldBack, type OpenAccount } from "./load-account.ts";

export const channelSchema = z
  .object({
    id: z.string(),
    object: z.literal("channel"),
    label: z.string(),
    methods: z.array(z.string()),
    currencies: z.array(z.string()),
    has_sandbox: z.boolean().openapi({ description: "Whether the provider has a world in which no money moves." }),
    has_simulator: z
      .boolean()
      .openapi({ description: "Whether a simulated account can be opened here, for test mode." }),
    credentials: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        help: z.string(),
        kind: z.enum(["id", "secret", "pem"]),
        is_required: z.boolean(),
      }),
    ),
  })
  .openapi("Channel", {
    example: {
      id: "stripe",
      object: "channel",
      label: "Stripe",
      methods: ["card"],
      currencies: ["EUR", "USD"],
      has_sandbox: true,
      has_simulator: true,
      credentials: [
        {
          name: "secret_key",
          label: "Secret key",
          help: "Developers, API keys. Begins with sk_.",
          kind: "secret",
          is_required: true,
        },
      ],
    },
  });

export function channelJson(channel: Channel, locale: Locale) {
  const language = locale === "en" ? "en" : "zh-CN";
  return {
    id: channel.name,
    object: "channel" as const,
    label: channel.label[language],
    methods: [...new Set(channel.capabilities.map((capability) => capability.method as string))],
    currencies: [...new Set(channel.capabilities.flatMap((capability) => capability.currencies as readonly string[]))],
    has_sandbox: channel.sandboxBaseUrl !== undefined,
    has_simulator: env.simulatorsOn && sandbox().simulators.has(channel.name),
    credentials: channel.credentialFields.map((field) => ({
      name: field.name,
      label: field.label[language],
      help: field.help[language],
      kind: field.kind,
      is_required: !field.isOptional,
    })),
  };
}

export const channelAccountSchema = z
  .object({
    id: z.string(),
    object: z.literal("channel_account"),
    livemode: z.boolean(),
    provided_by: z.enum(["merchant", "platform"]).openapi({
      description: "Whose credentials it opens with. What the platform provides can be switched, ordered and narrowed.",
    }),
    channel: z.string(),
    environment: z.enum(["simulator", "sandbox", "live"]),
    label: z.string(),
    status: z.enum(["enabled", "disabled"]),
    methods: z.array(z.string()),
    lent_methods: z
      .array(z.string())
      .nullable()
      .openapi({ description: "Which methods the platform lends it for; null when it is your own." }),
    takes_payments: z.boolean().openapi({
      description: "Whether new payments may go over it: it is enabled, and the platform does not hold it back.",
    }),
    priority: z.number().int(),
    fee_bps: z.string(),
    fee_fixed: z.number().int(),
    notify_url: z
      .string()
      .openapi({ description: "Where the provider has to report to, for those whose console asks for it." }),
    credentials_expire_at: z.string().nullable().openapi({
      description: "When the provider stops taking the credentials; null when they name no end, or are the platform's.",
    }),
    pause_reason: z
      .string()
      .nullable()
      .openapi({ description: "Why the platform routes no new payments to it; null when it does." }),
    created_at: z.string(),
  })
  .openapi("ChannelAccount", {
    example: {
      id: "ca_7k2m9xqa01kahy2d4f6h8k0n2q4s",
      object: "channel_account",
      livemode: false,
      provided_by: "merchant",
      channel: "stripe",
      environment: "sandbox",
      label: "Cards, Europe",
      status: "enabled",
      methods: ["card"],
      lent_methods: null,
      takes_payments: true,
      priority: 10,
      fee_bps: "60",
      fee_fixed: 0,
      notify_url: "https://pay.example/notify/ca_7k2m9xqa01kahy2d4f6h8k0n2q4s",
      credentials_expire_at: null,
      pause_reason: null,
      created_at: "2026-03-01T07:00:00.000Z",
    },
  });

/** Credentials never leave: not even their names. */
export function channelAccountJson(open: OpenAccount) {
  const { row, lender, channel, account } = open;
  return {
    id: row.id,
    object: "channel_account" as const,
    livemode: row.livemode,
    provided_by: lender ? ("platform" as const) : ("merchant" as const),
    channel: row.channel,
    environment: row.environment,
    label: row.label,
    status: row.status,
    methods: row.methods,
    lent_methods: row.lentMethods,
    takes_payments: row.status === "enabled" && !isHeldBack(open),
    priority: row.priority,
    fee_bps: row.feeBps,
    fee_fixed: minorToJson(row.feeFixed),
    notify_url: notifyUrl(row.id),
    credentials_expire_at: lender ? null : (channel.credentialsExpireAt?.(account)?.toISOString() ?? null),
    pause_reason: row.pausedAt ? row.pauseReason : null,
    created_at: row.createdAt.toISOString(),
  };
}

/** What may be sent of an account. */
export const label = z.string().trim().min(1).max(100);
export const methodNames = z.array(z.string().max(40)).min(1).max(50);
export const priority = z.number().int().min(0).max(10_000);
export const credentials = z.record(z.string().max(64), z.string().max(8_192));

export const probeSchema = z
  .object({
    object: z.literal("credential_test"),
    result: z.enum(["accepted", "refused", "unreachable"]),
    reason: z
      .enum(["unknown_account", "key_mismatch", "answer_not_trusted", "not_permitted", "mode_mismatch", "other"])
      .nullable(),
    field: z.string().nullable().openapi({ description: "The credential that is most likely wrong." }),
    provider_code: z.string().nullable(),
    not_proven: z
      .array(z.string())
      .openapi({ description: "Credentials that no call can prove; the first real payment or notification does." }),
  })
  .openapi("CredentialTest", {
    example: {
      object: "credential_test",
      result: "refused",
      reason: "key_mismatch",
      field: "private_key",
      provider_code: "SIGN_ERROR",
      not_proven: [],
    },
  });

export function probeJson(probe: Probe) {
  return {
    object: "credential_test" as const,
    result: probe.kind,
    reason: probe.kind === "refused" ? probe.reason : null,
    field: probe.kind === "refused" ? probe.field : null,
    provider_code: probe.kind === "accepted" ? null : probe.kind === "refused" ? probe.providerCode : probe.cause,
    not_proven: probe.kind === "accepted" ? [...probe.notProven] : [],
  };
}

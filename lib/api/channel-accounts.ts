import { z } from "@hono/zod-openapi";
import { notifyUrl } from "#lib/attempts/notify-url";
import { checkEnvironment, createChannelAccount } from "#lib/channel-accounts/create-account";
import { loadAccount, loadAccounts, type OpenAccount, openAccount } from "#lib/channel-accounts/load-account";
import { testAccount, testDraft } from "#lib/channel-accounts/test-credentials";
import { updateChannelAccount } from "#lib/channel-accounts/update-account";
import type { Channel, Probe } from "#lib/channels/channel";
import { channels } from "#lib/channels/registry";
import { env } from "#lib/kernel/env";
import { InvalidParam } from "#lib/kernel/errors";
import type { Locale } from "#lib/kernel/locale";
import { minorToJson } from "#lib/kernel/money";
import { provisionAccount } from "#lib/sandbox/provision-account";
import { sandbox } from "#lib/sandbox/simulators";
import { idempotencyHeader, idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

export const channelAccounts = resource();
const atomic = { mode: "atomic" } as const;
const tag = "Channel accounts";

const channelSchema = z
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

function channelJson(channel: Channel, locale: Locale) {
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

channelAccounts.openapi(
  route({
    method: "get",
    path: "/v1/channels",
    tag,
    summary: "List the providers, and what an account at each is made of",
    permission: "channel_accounts:read",
    request: {},
    answer: { status: 200, schema: listSchema(channelSchema, "ChannelList"), description: "All of them." },
  }),
  async (c) => {
    const all = [...channels.values()];
    return c.json(
      page(all, all.length, (channel) => channelJson(channel, c.get("locale"))),
      200,
    );
  },
);

const channelAccountSchema = z
  .object({
    id: z.string(),
    object: z.literal("channel_account"),
    livemode: z.boolean(),
    channel: z.string(),
    environment: z.enum(["simulator", "sandbox", "live"]),
    label: z.string(),
    status: z.enum(["enabled", "disabled"]),
    methods: z.array(z.string()),
    priority: z.number().int(),
    fee_bps: z.string(),
    fee_fixed: z.number().int(),
    notify_url: z
      .string()
      .openapi({ description: "Where the provider has to report to, for those whose console asks for it." }),
    credentials_expire_at: z
      .string()
      .nullable()
      .openapi({ description: "When the provider stops taking the credentials; null when they name no end." }),
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
      channel: "stripe",
      environment: "sandbox",
      label: "Cards, Europe",
      status: "enabled",
      methods: ["card"],
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
function channelAccountJson({ row, channel, account }: OpenAccount) {
  return {
    id: row.id,
    object: "channel_account" as const,
    livemode: row.livemode,
    channel: row.channel,
    environment: row.environment,
    label: row.label,
    status: row.status,
    methods: row.methods,
    priority: row.priority,
    fee_bps: row.feeBps,
    fee_fixed: minorToJson(row.feeFixed),
    notify_url: notifyUrl(row.id),
    credentials_expire_at: channel.credentialsExpireAt?.(account)?.toISOString() ?? null,
    pause_reason: row.pausedAt ? row.pauseReason : null,
    created_at: row.createdAt.toISOString(),
  };
}

const label = z.string().trim().min(1).max(100);
const methodNames = z.array(z.string().max(40)).min(1).max(50);
const priority = z.number().int().min(0).max(10_000);
const credentials = z.record(z.string().max(64), z.string().max(8_192));

channelAccounts.openapi(
  route({
    method: "post",
    path: "/v1/channel_accounts",
    tag,
    summary: "Add your account at a provider",
    description:
      "The credentials are encrypted at once and never shown again. An account at our simulator, in test mode, takes none: it is opened there and its credentials are kept by themselves.",
    permission: "channel_accounts:write",
    problems: [404],
    request: {
      headers: idempotencyHeader,
      ...jsonBody(
        z
          .strictObject({
            channel: z.string().max(40),
            environment: z.enum(["simulator", "sandbox", "live"]),
            label,
            credentials: credentials.optional(),
            methods: methodNames.optional(),
            priority: priority.optional(),
          })
          .openapi("CreateChannelAccount", {
            example: {
              channel: "stripe",
              environment: "sandbox",
              label: "Cards, Europe",
              credentials: { secret_key: "sk_test_…", publishable_key: "pk_test_…", webhook_secret: "whsec_…" },
            },
          }),
      ),
    },
    answer: { status: 201, schema: channelAccountSchema, description: "The account." },
    idempotency: atomic,
  }),
  async (c) => {
    const { methods, priority: rank, credentials: given, environment, ...input } = c.req.valid("json");
    const wanted = { ...input, ...(methods && { methods }), ...(rank !== undefined && { priority: rank }) };
    if (environment === "simulator") {
      if (given) throw new InvalidParam("unknown_field", "credentials", { field: "credentials" });
      checkEnvironment(c.var.ctx, environment);
      return c.json(channelAccountJson(openAccount(await provisionAccount(c.var.ctx, wanted))), 201);
    }
    if (!given) throw new InvalidParam("missing_field", "credentials", { field: "credentials" });
    const row = await createChannelAccount(c.var.ctx, { ...wanted, environment, credentials: given });
    return c.json(channelAccountJson(openAccount(row)), 201);
  },
);

channelAccounts.openapi(
  route({
    method: "get",
    path: "/v1/channel_accounts",
    tag,
    summary: "List channel accounts",
    permission: "channel_accounts:read",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(channelAccountSchema, "ChannelAccountList"),
      description: "All of them.",
    },
  }),
  async (c) => {
    const accounts = await loadAccounts(c.var.ctx);
    return c.json(page(accounts, accounts.length, channelAccountJson), 200);
  },
);

channelAccounts.openapi(
  route({
    method: "get",
    path: "/v1/channel_accounts/{id}",
    tag,
    summary: "Read a channel account",
    permission: "channel_accounts:read",
    request: { params: idParam() },
    answer: { status: 200, schema: channelAccountSchema, description: "The account." },
  }),
  async (c) => c.json(channelAccountJson(await loadAccount(c.var.ctx, c.req.valid("param").id)), 200),
);

channelAccounts.openapi(
  route({
    method: "patch",
    path: "/v1/channel_accounts/{id}",
    tag,
    summary: "Rename, switch or reorder a channel account, or replace credentials",
    description: "Credentials that are left out stay as they are, so that one key can be replaced alone.",
    permission: "channel_accounts:write",
    request: {
      params: idParam(),
      ...jsonBody(
        z
          .strictObject({
            label: label.optional(),
            status: z.enum(["enabled", "disabled"]).optional(),
            methods: methodNames.optional(),
            priority: priority.optional(),
            credentials: credentials.optional(),
          })
          .openapi("UpdateChannelAccount", { example: { label: "Cards, Europe", priority: 10 } }),
      ),
    },
    answer: { status: 200, schema: channelAccountSchema, description: "The account." },
  }),
  async (c) => {
    const row = await updateChannelAccount(c.var.ctx, c.req.valid("param").id, c.req.valid("json"));
    return c.json(channelAccountJson(openAccount(row)), 200);
  },
);

const probeSchema = z
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

function probeJson(probe: Probe) {
  return {
    object: "credential_test" as const,
    result: probe.kind,
    reason: probe.kind === "refused" ? probe.reason : null,
    field: probe.kind === "refused" ? probe.field : null,
    provider_code: probe.kind === "accepted" ? null : probe.kind === "refused" ? probe.providerCode : probe.cause,
    not_proven: probe.kind === "accepted" ? [...probe.notProven] : [],
  };
}

channelAccounts.openapi(
  route({
    method: "post",
    path: "/v1/channel_accounts/test",
    tag,
    summary: "Test credentials before they are kept",
    description: "Makes one signed call that reads and moves nothing.",
    permission: "channel_accounts:write",
    problems: [404],
    request: jsonBody(
      z
        .strictObject({ channel: z.string().max(40), environment: z.enum(["sandbox", "live"]), credentials })
        .openapi("TestCredentials", {
          example: {
            channel: "stripe",
            environment: "sandbox",
            credentials: { secret_key: "sk_test_…", publishable_key: "pk_test_…", webhook_secret: "whsec_…" },
          },
        }),
    ),
    answer: { status: 200, schema: probeSchema, description: "What the provider said." },
  }),
  async (c) => c.json(probeJson(await testDraft(c.var.ctx, c.req.valid("json"))), 200),
);

channelAccounts.openapi(
  route({
    method: "post",
    path: "/v1/channel_accounts/{id}/test",
    tag,
    summary: "Test the credentials of a channel account",
    description: "Makes one signed call that reads and moves nothing.",
    permission: "channel_accounts:write",
    request: { params: idParam() },
    answer: { status: 200, schema: probeSchema, description: "What the provider said." },
  }),
  async (c) => c.json(probeJson(await testAccount(c.var.ctx, c.req.valid("param").id)), 200),
);

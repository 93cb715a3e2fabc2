import { z } from "@hono/zod-openapi";
import { type ApiKey, createApiKey } from "#lib/api-keys/create-key";
import { listApiKeys } from "#lib/api-keys/list-keys";
import { revokeApiKey } from "#lib/api-keys/revoke-key";
import { createChannelAccount } from "#lib/channel-accounts/create-account";
import { type ChannelAccountRow, loadAccount, loadAccounts } from "#lib/channel-accounts/load-account";
import { updateChannelAccount } from "#lib/channel-accounts/update-account";
import { minorToJson } from "#lib/kernel/money";
import { idempotencyHeader, idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

export const accounts = resource();
const atomic = { mode: "atomic" } as const;

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
      created_at: "2026-03-01T07:00:00.000Z",
    },
  });

/** Credentials never leave: not even their names. */
function channelAccountJson(row: ChannelAccountRow) {
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
    created_at: row.createdAt.toISOString(),
  };
}

const label = z.string().trim().min(1).max(100);
const methodNames = z.array(z.string().max(40)).min(1).max(50);
const priority = z.number().int().min(0).max(10_000);

accounts.openapi(
  route({
    method: "post",
    path: "/v1/channel_accounts",
    tag: "Channel accounts",
    summary: "Add your account at a provider",
    description: "The credentials are encrypted at once and never shown again.",
    permission: "channel_accounts:write",
    request: {
      headers: idempotencyHeader,
      ...jsonBody(
        z
          .strictObject({
            channel: z.string().max(40),
            environment: z.enum(["sandbox", "live"]),
            label,
            credentials: z.record(z.string().max(64), z.string().max(8_192)),
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
    const { methods, priority: rank, ...input } = c.req.valid("json");
    const row = await createChannelAccount(c.var.ctx, {
      ...input,
      ...(methods && { methods }),
      ...(rank !== undefined && { priority: rank }),
    });
    return c.json(channelAccountJson(row), 201);
  },
);

accounts.openapi(
  route({
    method: "get",
    path: "/v1/channel_accounts",
    tag: "Channel accounts",
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
    const rows = (await loadAccounts(c.var.ctx)).map((open) => open.row);
    return c.json(page(rows, rows.length, channelAccountJson), 200);
  },
);

accounts.openapi(
  route({
    method: "get",
    path: "/v1/channel_accounts/{id}",
    tag: "Channel accounts",
    summary: "Read a channel account",
    permission: "channel_accounts:read",
    request: { params: idParam() },
    answer: { status: 200, schema: channelAccountSchema, description: "The account." },
  }),
  async (c) => c.json(channelAccountJson((await loadAccount(c.var.ctx, c.req.valid("param").id)).row), 200),
);

accounts.openapi(
  route({
    method: "patch",
    path: "/v1/channel_accounts/{id}",
    tag: "Channel accounts",
    summary: "Rename, switch or reorder a channel account, or replace its credentials",
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
            credentials: z.record(z.string().max(64), z.string().max(8_192)).optional(),
          })
          .openapi("UpdateChannelAccount", { example: { label: "Cards, Europe", priority: 10 } }),
      ),
    },
    answer: { status: 200, schema: channelAccountSchema, description: "The account." },
  }),
  async (c) => {
    const row = await updateChannelAccount(c.var.ctx, c.req.valid("param").id, c.req.valid("json"));
    return c.json(channelAccountJson(row), 200);
  },
);

const apiKeyExample = {
  id: "key_7k2m9xqa01kahx9t1v3x5z7b9d1f",
  object: "api_key",
  livemode: false,
  kind: "secret",
  label: "Shop server",
  hint: "sk_test_7k2m…x4fq",
  created_at: "2026-03-01T07:30:00.000Z",
  last_used_at: null,
  revoked_at: null,
};

const apiKeySchema = z
  .object({
    id: z.string(),
    object: z.literal("api_key"),
    livemode: z.boolean(),
    kind: z.enum(["secret", "publishable"]),
    label: z.string(),
    hint: z.string(),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
  })
  .openapi("ApiKey", { example: apiKeyExample });

function apiKeyJson(row: ApiKey) {
  return {
    id: row.id,
    object: "api_key" as const,
    livemode: row.livemode,
    kind: row.kind,
    label: row.label,
    hint: row.hint,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

accounts.openapi(
  route({
    method: "post",
    path: "/v1/api_keys",
    tag: "API keys",
    summary: "Create an API key",
    description:
      "The key itself is in this answer and nowhere else. An Idempotency-Key is not taken: the answer is not stored.",
    permission: "api_keys:write",
    request: jsonBody(
      z
        .strictObject({ kind: z.enum(["secret", "publishable"]), label })
        .openapi("CreateApiKey", { example: { kind: "secret", label: "Shop server" } }),
    ),
    answer: {
      status: 201,
      schema: apiKeySchema
        .extend({ key: z.string() })
        .openapi("NewApiKey", { example: { ...apiKeyExample, key: "sk_test_…" } }),
      description: "The key.",
    },
  }),
  async (c) => {
    const { row, key } = await createApiKey(c.var.ctx, c.req.valid("json"));
    return c.json({ ...apiKeyJson(row), key }, 201);
  },
);

accounts.openapi(
  route({
    method: "get",
    path: "/v1/api_keys",
    tag: "API keys",
    summary: "List API keys, newest first",
    permission: "api_keys:read",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(apiKeySchema, "ApiKeyList"),
      description: "All of them, revoked ones too.",
    },
  }),
  async (c) => {
    const rows = await listApiKeys(c.var.ctx);
    return c.json(page(rows, rows.length, apiKeyJson), 200);
  },
);

accounts.openapi(
  route({
    method: "delete",
    path: "/v1/api_keys/{id}",
    tag: "API keys",
    summary: "Revoke an API key",
    permission: "api_keys:write",
    request: { params: idParam() },
    answer: { status: 200, schema: apiKeySchema, description: "The key, revoked." },
  }),
  async (c) => c.json(apiKeyJson(await revokeApiKey(c.var.ctx, c.req.valid("param").id)), 200),
);

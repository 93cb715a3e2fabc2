import { z } from "@hono/zod-openapi";
import { checkEnvironment, createChannelAccount } from "#lib/channel-accounts/create-account";
import { loadAccount, loadAccounts, openAccount } from "#lib/channel-accounts/load-account";
import {
  channelAccountJson,
  channelAccountSchema,
  channelJson,
  channelSchema,
  credentials,
  label,
  methodNames,
  priority,
  probeJson,
  probeSchema,
} from "#lib/channel-accounts/schemas";
import { testAccount, testDraft } from "#lib/channel-accounts/test-credentials";
import { updateChannelAccount } from "#lib/channel-accounts/update-account";
import { channels } from "#lib/channels/registry";
import { InvalidParam } from "#lib/kernel/errors";
import { provisionAccount } from "#lib/sandbox/provision-account";
import { idempotencyHeader, idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

export const channelAccounts = resource();
const atomic = { mode: "atomic" } as const;
const tag = "Channel accounts";

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
    description:
      "Credentials that are left out stay as they are, so that one key can be replaced alone. An account that the platform provides takes no credentials, and no methods but those that it is lent for.",
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
    const open = await updateChannelAccount(c.var.ctx, c.req.valid("param").id, c.req.valid("json"));
    return c.json(channelAccountJson(open), 200);
  },
);

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

import { z } from "@hono/zod-openapi";
import { channelJson, channelSchema, credentials, probeJson, probeSchema } from "#lib/channel-accounts/schemas";
import { channels as registered } from "#lib/channels/registry";
import type { Locale } from "#lib/kernel/locale";
import { changePlatformAccount, replacePlatformCredentials } from "#lib/operator/channels/change-platform-account";
import { createPlatformAccount } from "#lib/operator/channels/create-platform-account";
import { changeLoan, lendAccount, takeBack } from "#lib/operator/channels/lend-account";
import { listPlatformAccounts, readPlatformAccount } from "#lib/operator/channels/list-platform-accounts";
import {
  credentialDraftSchema,
  lendSchema,
  loanJson,
  newPlatformAccountSchema,
  platformAccountChangeSchema,
  platformAccountDetailSchema,
  platformAccountJson,
  platformAccountSchema,
  termsOf,
  termsSchema,
} from "#lib/operator/channels/platform-schemas";
import { testPlatformAccount, testPlatformDraft } from "#lib/operator/channels/test-platform-account";
import { idParam, jsonBody, listSchema, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** The platform's own accounts at providers, and whom they are lent to. */
export const platformAccounts = resource();
const tag = "Platform accounts";
const whole = <T>(data: readonly T[]) => ({ object: "list" as const, data: [...data], has_more: false });
const loanParams = z.object({ id: z.string().max(64), merchant: z.string().max(64) });
const detail = { status: 200, schema: platformAccountDetailSchema, description: "The account as it is now." } as const;
const probed = { status: 200, schema: probeSchema, description: "What the provider said." } as const;

async function detailJson(id: string, locale: Locale) {
  const { view, loans } = await readPlatformAccount(id);
  return { ...platformAccountJson(view, locale), loans: loans.map(loanJson) };
}

platformAccounts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/channels",
    tag,
    summary: "List the providers, and what an account at each is made of",
    permission: "channels:read",
    request: {},
    answer: { status: 200, schema: listSchema(channelSchema, "OperatorChannelList"), description: "All of them." },
  }),
  async (c) => c.json(whole([...registered.values()].map((channel) => channelJson(channel, c.get("locale")))), 200),
);

platformAccounts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/platform_accounts",
    tag,
    summary: "List the platform's own accounts at providers",
    description: "Those whose credentials end soonest first.",
    permission: "channels:read",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(platformAccountSchema, "PlatformAccountList"),
      description: "All of them.",
    },
  }),
  async (c) => {
    const views = await listPlatformAccounts();
    return c.json(whole(views.map((view) => platformAccountJson(view, c.get("locale")))), 200);
  },
);

platformAccounts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/platform_accounts",
    tag,
    summary: "Add an account of the platform's own",
    description: "The credentials are encrypted at once and never shown again. A simulated account makes its own.",
    permission: "platform_accounts:write",
    request: jsonBody(newPlatformAccountSchema),
    answer: { status: 201, schema: platformAccountDetailSchema, description: "The account." },
  }),
  async (c) => {
    const { id } = await createPlatformAccount(c.var.octx, c.req.valid("json"));
    return c.json(await detailJson(id, c.get("locale")), 201);
  },
);

platformAccounts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/platform_accounts/test",
    tag,
    summary: "Test credentials before they are kept",
    permission: "platform_accounts:write",
    request: jsonBody(credentialDraftSchema),
    answer: probed,
  }),
  async (c) => c.json(probeJson(await testPlatformDraft(c.var.octx, c.req.valid("json"))), 200),
);

platformAccounts.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/platform_accounts/{id}",
    tag,
    summary: "Read a platform's account and its loans",
    permission: "channels:read",
    request: { params: idParam() },
    answer: detail,
  }),
  async (c) => c.json(await detailJson(c.req.valid("param").id, c.get("locale")), 200),
);

platformAccounts.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/platform_accounts/{id}",
    tag,
    summary: "Rename or switch a platform's account, or change what may be lent",
    description:
      "Disabled, it takes no new payment of any merchant within seconds; what has begun goes on, refunds too. Methods left out are gone from every loan.",
    permission: "channels:write",
    request: { params: idParam(), ...jsonBody(platformAccountChangeSchema) },
    answer: detail,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await changePlatformAccount(c.var.octx, id, c.req.valid("json"));
    return c.json(await detailJson(id, c.get("locale")), 200);
  },
);

platformAccounts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/platform_accounts/{id}/credentials",
    tag,
    summary: "Replace credentials",
    description: "Those left out stay. Every merchant that borrows the account uses the new ones within five seconds.",
    permission: "platform_accounts:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ credentials })) },
    answer: detail,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await replacePlatformCredentials(c.var.octx, id, c.req.valid("json").credentials);
    return c.json(await detailJson(id, c.get("locale")), 200);
  },
);

platformAccounts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/platform_accounts/{id}/test",
    tag,
    summary: "Test the credentials of a platform's account",
    permission: "channels:write",
    request: { params: idParam() },
    answer: probed,
  }),
  async (c) => c.json(probeJson(await testPlatformAccount(c.var.octx, c.req.valid("param").id)), 200),
);

platformAccounts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/platform_accounts/{id}/loans",
    tag,
    summary: "Lend an account to a merchant",
    description:
      "The merchant finds it among its channel accounts, in the mode of the platform's, and can pay over it.",
    permission: "platform_accounts:lend",
    request: { params: idParam(), ...jsonBody(lendSchema) },
    answer: { ...detail, status: 201 },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const { merchant, ...terms } = c.req.valid("json");
    await lendAccount(c.var.octx, id, merchant, termsOf(terms));
    return c.json(await detailJson(id, c.get("locale")), 201);
  },
);

platformAccounts.openapi(
  operatorRoute({
    method: "patch",
    path: "/v1/operator/platform_accounts/{id}/loans/{merchant}",
    tag,
    summary: "Change the terms of a loan",
    description: "Fees count for payments from now on.",
    permission: "platform_accounts:lend",
    request: { params: loanParams, ...jsonBody(termsSchema) },
    answer: detail,
  }),
  async (c) => {
    const { id, merchant } = c.req.valid("param");
    await changeLoan(c.var.octx, id, merchant, termsOf(c.req.valid("json")));
    return c.json(await detailJson(id, c.get("locale")), 200);
  },
);

platformAccounts.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/platform_accounts/{id}/loans/{merchant}/take_back",
    tag,
    summary: "Take an account back from a merchant",
    description:
      "Closes it to the merchant's new payments within seconds. Payments that have begun there are finished, and refunds go on.",
    permission: "platform_accounts:lend",
    request: { params: loanParams },
    answer: detail,
  }),
  async (c) => {
    const { id, merchant } = c.req.valid("param");
    await takeBack(c.var.octx, id, merchant);
    return c.json(await detailJson(id, c.get("locale")), 200);
  },
);

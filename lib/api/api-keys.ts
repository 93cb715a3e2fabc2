import { createApiKey } from "#lib/api-keys/create-key";
import { listApiKeys } from "#lib/api-keys/list-keys";
import { revokeApiKey } from "#lib/api-keys/revoke-key";
import { rollApiKey } from "#lib/api-keys/roll-key";
import {
  apiKeyJson,
  apiKeySchema,
  createApiKeySchema,
  newApiKeySchema,
  rollApiKeySchema,
  setSigningSchema,
  signingSchema,
  updateApiKeySchema,
} from "#lib/api-keys/schemas";
import { removeSigning, setSigning } from "#lib/api-keys/set-signing";
import { updateApiKey } from "#lib/api-keys/update-key";
import { idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

export const apiKeys = resource();
const tag = "API keys";

apiKeys.openapi(
  route({
    method: "post",
    path: "/v1/api_keys",
    tag,
    summary: "Create an API key",
    description:
      "The key itself is in this answer and nowhere else. An Idempotency-Key is not taken: the answer is not stored. A key may do no more than who makes it; a `secret` one may do everything, a `restricted` one what `permissions` names.",
    permission: "api_keys:write",
    request: jsonBody(createApiKeySchema),
    answer: { status: 201, schema: newApiKeySchema, description: "The key." },
  }),
  async (c) => {
    const { kind, label, permissions, allowed_ips, expires_at } = c.req.valid("json");
    const expiresAt = expires_at === undefined ? undefined : new Date(expires_at);
    const input = { kind, label, permissions, allowedIps: allowed_ips, expiresAt };
    const { row, key } = await createApiKey(c.var.ctx, input, c.var.principal.permissions);
    return c.json({ ...apiKeyJson(row), key }, 201);
  },
);

apiKeys.openapi(
  route({
    method: "get",
    path: "/v1/api_keys",
    tag,
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

apiKeys.openapi(
  route({
    method: "patch",
    path: "/v1/api_keys/{id}",
    tag,
    summary: "Rename an API key, or change what it may do and from where",
    permission: "api_keys:write",
    request: { params: idParam(), ...jsonBody(updateApiKeySchema) },
    answer: { status: 200, schema: apiKeySchema, description: "The key." },
  }),
  async (c) => {
    const { label, permissions, allowed_ips } = c.req.valid("json");
    const input = { label, permissions, allowedIps: allowed_ips };
    const row = await updateApiKey(c.var.ctx, c.req.valid("param").id, input, c.var.principal.permissions);
    return c.json(apiKeyJson(row), 200);
  },
);

apiKeys.openapi(
  route({
    method: "post",
    path: "/v1/api_keys/{id}/roll",
    tag,
    summary: "Put a new key in the place of one",
    description:
      "The new key has the same rights. The old one works on until `old_key_expires_at`, so that servers can be moved one after the other. An Idempotency-Key is not taken: the answer is not stored.",
    permission: "api_keys:write",
    request: { params: idParam(), ...jsonBody(rollApiKeySchema) },
    answer: { status: 201, schema: newApiKeySchema, description: "The new key." },
  }),
  async (c) => {
    const { old_key_expires_at: until } = c.req.valid("json");
    const end = until === undefined ? undefined : new Date(until);
    const { row, key } = await rollApiKey(c.var.ctx, c.req.valid("param").id, end, c.var.principal.permissions);
    return c.json({ ...apiKeyJson(row), key }, 201);
  },
);

apiKeys.openapi(
  route({
    method: "post",
    path: "/v1/api_keys/{id}/signing",
    tag,
    summary: "Set up signed requests",
    description:
      "Requests with the key are then signed by RFC 9421. A second call puts a new public key or secret in the place of the old one. An Idempotency-Key is not taken: the answer is not stored.",
    permission: "api_keys:write",
    request: { params: idParam(), ...jsonBody(setSigningSchema) },
    answer: { status: 200, schema: signingSchema, description: "The key, and for hmac-sha256 the shared secret." },
  }),
  async (c) => {
    const { algorithm, public_key: publicKey, required } = c.req.valid("json");
    const input = { algorithm, publicKey, required };
    const { row, secret } = await setSigning(c.var.ctx, c.req.valid("param").id, input, c.var.principal.permissions);
    return c.json({ ...apiKeyJson(row), signing_secret: secret ?? null }, 200);
  },
);

apiKeys.openapi(
  route({
    method: "delete",
    path: "/v1/api_keys/{id}/signing",
    tag,
    summary: "End signed requests",
    permission: "api_keys:write",
    request: { params: idParam() },
    answer: { status: 200, schema: apiKeySchema, description: "The key." },
  }),
  async (c) => {
    const row = await removeSigning(c.var.ctx, c.req.valid("param").id, c.var.principal.permissions);
    return c.json(apiKeyJson(row), 200);
  },
);

apiKeys.openapi(
  route({
    method: "delete",
    path: "/v1/api_keys/{id}",
    tag,
    summary: "Revoke an API key",
    permission: "api_keys:write",
    request: { params: idParam() },
    answer: { status: 200, schema: apiKeySchema, description: "The key, revoked." },
  }),
  async (c) => c.json(apiKeyJson(await revokeApiKey(c.var.ctx, c.req.valid("param").id)), 200),
);

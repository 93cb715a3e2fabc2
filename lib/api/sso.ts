import { z } from "@hono/zod-openapi";
import { loadSso } from "#lib/sso/connection";
import { addDomain, removeDomain, verifyDomain } from "#lib/sso/domains";
import {
  addDomainSchema,
  domainJson,
  domainSchema,
  ssoJson,
  ssoSchema,
  ssoTestSchema,
  testSsoSchema,
  updateSsoSchema,
} from "#lib/sso/schemas";
import { testConnection } from "#lib/sso/test-connection";
import { removeConnection, updateConnection } from "#lib/sso/update-connection";
import { jsonBody, resource, route } from "./route.ts";

/** A merchant's own OpenID Connect provider. Read by whoever sees the team, changed by owners. */
export const sso = resource();
const tag = "Single sign-on";

const domainParam = z.object({ domain: z.string().max(254) });

sso.openapi(
  route({
    method: "get",
    path: "/v1/sso",
    tag,
    summary: "Read the single sign-on connection",
    description: "`configured` is false while there is none; `redirect_uri` is what to register at the provider.",
    permission: "team:read",
    request: {},
    answer: { status: 200, schema: ssoSchema, description: "The connection." },
  }),
  async (c) => c.json(ssoJson(await loadSso(c.var.ctx)), 200),
);

sso.openapi(
  route({
    method: "patch",
    path: "/v1/sso",
    tag,
    summary: "Set single sign-on up, or change it",
    description:
      "Only an owner can, and no API key. A new issuer is asked for its OpenID Connect description first; its secret has to be given with it.",
    permission: "team:write",
    request: jsonBody(updateSsoSchema),
    answer: { status: 200, schema: ssoSchema, description: "The connection." },
  }),
  async (c) => {
    const input = c.req.valid("json");
    await updateConnection(c.var.ctx, {
      issuer: input.issuer,
      clientId: input.client_id,
      clientSecret: input.client_secret,
      defaultRole: input.default_role,
      isRequired: input.required,
    });
    return c.json(ssoJson(await loadSso(c.var.ctx)), 200);
  },
);

sso.openapi(
  route({
    method: "delete",
    path: "/v1/sso",
    tag,
    summary: "Remove single sign-on",
    description: "Everybody signs in with password or passkey again. Only an owner can, and no API key.",
    permission: "team:write",
    request: {},
    answer: { status: 200, schema: ssoSchema, description: "What is left: nothing configured." },
  }),
  async (c) => {
    await removeConnection(c.var.ctx);
    return c.json(ssoJson(await loadSso(c.var.ctx)), 200);
  },
);

sso.openapi(
  route({
    method: "post",
    path: "/v1/sso/test",
    tag,
    summary: "Test a single sign-on connection",
    description:
      "Asks the provider about itself and whether it knows the client; `param` names the field at fault. Nothing is kept.",
    permission: "team:write",
    request: jsonBody(testSsoSchema),
    answer: { status: 200, schema: ssoTestSchema, description: "It works." },
  }),
  async (c) => {
    const { issuer, client_id, client_secret } = c.req.valid("json");
    const tested = await testConnection(c.var.ctx, { issuer, clientId: client_id, clientSecret: client_secret });
    const { authorizationEndpoint } = tested;
    return c.json(
      { object: "sso_test" as const, ok: true as const, authorization_endpoint: authorizationEndpoint },
      200,
    );
  },
);

sso.openapi(
  route({
    method: "post",
    path: "/v1/sso/domains",
    tag,
    summary: "Add an e-mail domain",
    description: "It counts once its TXT record was found. Only an owner can, and no API key.",
    permission: "team:write",
    request: jsonBody(addDomainSchema),
    answer: { status: 201, schema: domainSchema, description: "The domain, with the record to set." },
  }),
  async (c) => c.json(domainJson(await addDomain(c.var.ctx, c.req.valid("json").domain)), 201),
);

sso.openapi(
  route({
    method: "post",
    path: "/v1/sso/domains/{domain}/verify",
    tag,
    summary: "Verify an e-mail domain",
    description:
      "Looks for the TXT record. In the sandbox names under `.example`, `.test`, `.invalid` and `.localhost` need none.",
    permission: "team:write",
    request: { params: domainParam },
    answer: { status: 200, schema: domainSchema, description: "The domain, verified." },
  }),
  async (c) => c.json(domainJson(await verifyDomain(c.var.ctx, c.req.valid("param").domain)), 200),
);

sso.openapi(
  route({
    method: "delete",
    path: "/v1/sso/domains/{domain}",
    tag,
    summary: "Remove an e-mail domain",
    permission: "team:write",
    request: { params: domainParam },
    answer: {
      status: 200,
      schema: z
        .object({ object: z.literal("sso_domain"), domain: z.string(), removed: z.literal(true) })
        .openapi("SsoDomainRemoved"),
      description: "Removed.",
    },
  }),
  async (c) => {
    const { domain } = c.req.valid("param");
    await removeDomain(c.var.ctx, domain);
    return c.json({ object: "sso_domain" as const, domain, removed: true as const }, 200);
  },
);

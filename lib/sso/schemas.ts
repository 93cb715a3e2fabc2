import { z } from "@hono/zod-openapi";
import { email } from "#lib/access/schemas";
import { env } from "#lib/kernel/env";
import type { Domain, SsoSettings } from "./connection.ts";
import { recordOf } from "./domains.ts";
import { redirectUri } from "./redirect.ts";

const issuer = z.string().trim().min(1).max(500).openapi({
  description: "As the provider writes it: `/.well-known/openid-configuration` is found below it.",
});
const clientId = z.string().trim().min(1).max(500);
const clientSecret = z.string().trim().min(1).max(1_000).openapi({ description: "Kept sealed and never shown again." });

export const updateSsoSchema = z
  .strictObject({
    issuer: issuer.optional(),
    client_id: clientId.optional(),
    client_secret: clientSecret.optional(),
    default_role: z.string().max(64).optional().openapi({
      description: "Of somebody who comes without an invitation: any role but `owner`.",
    }),
    required: z.boolean().optional().openapi({
      description: "Whether everybody but owners has to come this way. Needs a verified domain.",
    }),
  })
  .openapi("UpdateSso", {
    example: {
      issuer: "https://login.shop.example",
      client_id: "globalpaylink",
      client_secret: "a-long-secret",
      default_role: "read_only",
      required: false,
    },
  });

export const testSsoSchema = z
  .strictObject({ issuer: issuer.optional(), client_id: clientId.optional(), client_secret: clientSecret.optional() })
  .openapi("TestSso", { example: { issuer: "https://login.shop.example" } });

export const addDomainSchema = z
  .strictObject({ domain: z.string().max(254) })
  .openapi("AddSsoDomain", { example: { domain: "shop.example" } });

export const domainSchema = z
  .object({
    object: z.literal("sso_domain"),
    domain: z.string(),
    verified: z.boolean(),
    record_name: z.string().openapi({ description: "Where in DNS the proof has to stand." }),
    record_value: z.string().openapi({ description: "The TXT record that proves the domain." }),
    verified_at: z.string().nullable(),
  })
  .openapi("SsoDomain", {
    example: {
      object: "sso_domain",
      domain: "shop.example",
      verified: true,
      record_name: "_globalpaylink.shop.example",
      record_value: "globalpaylink-sso=1f0c2d6a9b3e47c58d7e6f5a4b3c2d1e",
      verified_at: "2026-03-01T07:00:00.000Z",
    },
  });

export const ssoSchema = z
  .object({
    object: z.literal("sso_connection"),
    configured: z.boolean(),
    issuer: z.string().nullable(),
    client_id: z.string().nullable(),
    default_role: z.string(),
    required: z.boolean(),
    redirect_uri: z.string().openapi({ description: "What the provider has to allow as the client's redirect URI." }),
    domains: z.array(domainSchema),
    updated_at: z.string().nullable(),
  })
  .openapi("SsoConnection", {
    example: {
      object: "sso_connection",
      configured: true,
      issuer: "https://login.shop.example",
      client_id: "globalpaylink",
      default_role: "read_only",
      required: false,
      redirect_uri: "https://pay.example.com/v1/sign_in/sso/callback",
      domains: [],
      updated_at: "2026-03-01T07:00:00.000Z",
    },
  });

export const ssoTestSchema = z
  .object({ object: z.literal("sso_test"), ok: z.literal(true), authorization_endpoint: z.string() })
  .openapi("SsoTest", {
    example: { object: "sso_test", ok: true, authorization_endpoint: "https://login.shop.example/authorize" },
  });

/** What the sign-in page sends. */
export const beginSsoSchema = z.strictObject({ email, next: z.string().max(2_000).optional() });

export function domainJson({ merchantId, domain, verifiedAt }: Domain) {
  const { name, value } = recordOf(merchantId, domain);
  return {
    object: "sso_domain" as const,
    domain,
    verified: verifiedAt !== null,
    record_name: name,
    record_value: value,
    verified_at: verifiedAt?.toISOString() ?? null,
  };
}

export function ssoJson({ connection, domains }: SsoSettings) {
  return {
    object: "sso_connection" as const,
    configured: connection !== undefined,
    issuer: connection?.issuer ?? null,
    client_id: connection?.clientId ?? null,
    default_role: connection?.defaultRole ?? "read_only",
    required: connection?.isRequired ?? false,
    redirect_uri: redirectUri(env.publicUrl),
    domains: domains.map(domainJson),
    updated_at: connection?.updatedAt?.toISOString() ?? null,
  };
}

import { z } from "@hono/zod-openapi";
import { permissions } from "#lib/access/permissions";
import { signatureAlgorithms } from "#lib/http-signatures/verify";
import type { ApiKey } from "./create-key.ts";

const example = {
  id: "key_7k2m9xqa01kahx9t1v3x5z7b9d1f",
  object: "api_key",
  livemode: false,
  kind: "restricted",
  label: "Warehouse",
  hint: "rk_test_7k2m…x4fq",
  permissions: ["orders:read"],
  allowed_ips: ["203.0.113.0/24"],
  signature: { algorithm: null, required: false },
  replaced_by: null,
  created_at: "2026-03-01T07:30:00.000Z",
  last_used_at: null,
  expires_at: null,
  revoked_at: null,
};

const label = z.string().trim().min(1).max(100);
const permissionList = z.array(z.enum(permissions)).min(1, { error: "permissions_missing" }).max(permissions.length);
const allowedIps = z
  .array(z.string().trim().max(64))
  .max(50)
  .openapi({ description: "Addresses and CIDR ranges that the key works from; from anywhere when empty." });
const moment = z.iso.datetime({ offset: true, error: "date_invalid" });

export const apiKeySchema = z
  .object({
    id: z.string(),
    object: z.literal("api_key"),
    livemode: z.boolean(),
    kind: z.enum(["secret", "restricted", "publishable"]),
    label: z.string(),
    hint: z.string(),
    permissions: z.array(z.string()).nullable().openapi({ description: "Of a restricted key; null for the others." }),
    allowed_ips: z.array(z.string()),
    signature: z.object({ algorithm: z.enum(signatureAlgorithms).nullable(), required: z.boolean() }),
    replaced_by: z.string().nullable().openapi({ description: "The key that has taken this one's place." }),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
  })
  .openapi("ApiKey", { example });

export const newApiKeySchema = apiKeySchema
  .extend({ key: z.string() })
  .openapi("NewApiKey", { example: { ...example, key: "rk_test_…" } });

export const createApiKeySchema = z
  .strictObject({
    kind: z.enum(["secret", "restricted", "publishable"]),
    label,
    permissions: permissionList.optional(),
    allowed_ips: allowedIps.optional(),
    expires_at: moment.optional(),
  })
  .openapi("CreateApiKey", {
    example: { kind: "restricted", label: "Warehouse", permissions: ["orders:read"], allowed_ips: ["203.0.113.0/24"] },
  });

export const updateApiKeySchema = z
  .strictObject({ label: label.optional(), permissions: permissionList.optional(), allowed_ips: allowedIps.optional() })
  .openapi("UpdateApiKey", { example: { allowed_ips: ["203.0.113.7"] } });

export const rollApiKeySchema = z
  .strictObject({
    old_key_expires_at: moment
      .optional()
      .openapi({ description: "Until when the old key works on, at most 30 days; not given, it stops at once." }),
  })
  .openapi("RollApiKey", { example: { old_key_expires_at: "2026-03-02T07:30:00Z" } });

export const setSigningSchema = z
  .strictObject({
    algorithm: z.enum(signatureAlgorithms),
    public_key: z.string().max(2_000).optional().openapi({ description: "For ed25519: your public key as PEM." }),
    required: z.boolean().openapi({ description: "Whether requests without a signature are refused." }),
  })
  .openapi("SetSigning", { example: { algorithm: "hmac-sha256", required: true } });

export const signingSchema = apiKeySchema
  .extend({
    signing_secret: z
      .string()
      .nullable()
      .openapi({ description: "For hmac-sha256: the shared secret in base64, shown in this answer only." }),
  })
  .openapi("ApiKeySigning", { example: { ...example, signing_secret: "uzvJfB4u3N0Jy4T7NZ75…" } });

export function apiKeyJson(row: ApiKey): z.output<typeof apiKeySchema> {
  return {
    id: row.id,
    object: "api_key",
    livemode: row.livemode,
    kind: row.kind,
    label: row.label,
    hint: row.hint,
    permissions: row.permissions && [...row.permissions],
    allowed_ips: [...row.allowedIps],
    signature: { algorithm: row.signatureAlgorithm, required: row.signatureRequired },
    replaced_by: row.replacedBy,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

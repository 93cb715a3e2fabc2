import { apiKeys } from "#db/schema/access";
import type { Context, Tx } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import { isPermission, type Permission, secretKeyPermissions } from "#lib/access/permissions";
import { recordAudit } from "#lib/audit/record";
import { sha256Hex } from "#lib/kernel/crypto";
import { InvalidParam } from "#lib/kernel/errors";
import { merchantKeyOf, newId, randomToken } from "#lib/kernel/ids";
import { addressRanges } from "./addresses.ts";

export type ApiKey = typeof apiKeys.$inferSelect;
export type KeyKind = "secret" | "restricted" | "publishable";

const prefixes: Record<KeyKind, string> = { secret: "sk", restricted: "rk", publishable: "pk" };

/** 32 characters of five bits: 160 random bits. */
const secretLength = 32;

export interface CreateApiKey {
  readonly kind: KeyKind;
  readonly label: string;
  /** Of a restricted key. */
  readonly permissions?: readonly Permission[] | undefined;
  /** Addresses and CIDR ranges; from anywhere when there is none. */
  readonly allowedIps?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
}

/**
 * Makes a key. Its text names mode and tenant, so that one look-up in one shard finds it.
 *
 * @param by what the person or key that asks may do: a key never may more than who made it
 * @returns the row and the key itself, which is never to be had again
 * @throws PermissionNotGrantable, InvalidParam
 */
export async function createApiKey(
  ctx: Context,
  input: CreateApiKey,
  by: ReadonlySet<Permission> = secretKeyPermissions,
): Promise<{ row: ApiKey; key: string }> {
  const permissions = grantedPermissions(input, by);
  const allowedIps = input.allowedIps ?? [];
  addressRanges(allowedIps);
  if (input.expiresAt && input.expiresAt <= ctx.now) throw new InvalidParam("expires_at_past", "expires_at");

  return ctx.transaction(async (tx) => {
    const made = await insertKey(tx, {
      kind: input.kind,
      label: input.label,
      permissions,
      allowedIps,
      expiresAt: input.expiresAt ?? null,
    });
    await recordAudit(tx, "api_key.create", made.row.id, {
      after: { kind: input.kind, label: input.label, permissions, allowedIps, expiresAt: input.expiresAt ?? null },
    });
    return made;
  });
}

/** @returns what a restricted key may do; null for the others */
function grantedPermissions(input: CreateApiKey, by: ReadonlySet<Permission>): readonly Permission[] | null {
  if (input.kind === "restricted") {
    if (!input.permissions?.length) throw new InvalidParam("permissions_missing", "permissions");
    return checkGrant(input.permissions, by);
  }
  if (input.permissions) throw new InvalidParam("permissions_of_restricted_only", "permissions");
  if (input.kind === "secret") checkGrant(secretKeyPermissions, by);
  return null;
}

/** What a key may do, for comparing it with what somebody may. */
export function rightsOf({ kind, permissions }: Pick<ApiKey, "kind" | "permissions">): Iterable<Permission> {
  return kind === "secret" ? secretKeyPermissions : (permissions ?? []).filter(isPermission);
}

type NewKey = Omit<typeof apiKeys.$inferInsert, "merchantId" | "livemode" | "hash" | "hint" | "createdAt" | "id">;

/** Draws the key's text and keeps its hash. */
export async function insertKey(tx: Tx, input: NewKey & { id?: string }): Promise<{ row: ApiKey; key: string }> {
  const mode = tx.livemode ? "live" : "test";
  const key = `${prefixes[input.kind]}_${mode}_${merchantKeyOf(tx.merchantId)}${randomToken(secretLength)}`;
  const [row] = await tx.db
    .insert(apiKeys)
    .values({
      id: newId("apiKey", tx.merchantId, tx.now.getTime()),
      ...input,
      merchantId: tx.merchantId,
      livemode: tx.livemode,
      hash: sha256Hex(key),
      hint: `${key.slice(0, 12)}…${key.slice(-4)}`,
      createdAt: tx.now,
    })
    .returning();
  if (!row) throw new Error("api key not inserted");
  return { row, key };
}

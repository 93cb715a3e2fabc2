import { apiKeys } from "#db/schema/access";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { sha256Hex } from "#lib/kernel/crypto";
import { merchantKeyOf, newId, randomToken } from "#lib/kernel/ids";

export type ApiKey = typeof apiKeys.$inferSelect;
export type KeyKind = "secret" | "publishable";

const prefixes = { secret: "sk", publishable: "pk" } as const;

/** 32 characters of five bits: 160 random bits. */
const secretLength = 32;

/**
 * Makes a key. Its text names mode and tenant, so that one look-up in one shard finds it.
 *
 * @returns the row and the key itself, which is never to be had again
 */
export async function createApiKey(
  ctx: Context,
  input: { kind: KeyKind; label: string },
): Promise<{ row: ApiKey; key: string }> {
  const mode = ctx.livemode ? "live" : "test";
  const key = `${prefixes[input.kind]}_${mode}_${merchantKeyOf(ctx.merchantId)}${randomToken(secretLength)}`;
  const row = await ctx.transaction(async (tx) => {
    const [inserted] = await tx.db
      .insert(apiKeys)
      .values({
        merchantId: tx.merchantId,
        id: newId("apiKey", tx.merchantId, tx.now.getTime()),
        livemode: tx.livemode,
        kind: input.kind,
        hash: sha256Hex(key),
        hint: `${key.slice(0, 12)}…${key.slice(-4)}`,
        label: input.label,
        createdAt: tx.now,
      })
      .returning();
    if (!inserted) throw new Error("api key not inserted");
    await recordAudit(tx, "api_key.create", inserted.id, { kind: input.kind, label: input.label });
    return inserted;
  });
  return { row, key };
}

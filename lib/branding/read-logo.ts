import { and, eq } from "drizzle-orm";
import { brandImages } from "#db/schema/branding";
import { type Context, openContext } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { isMerchantId } from "#lib/kernel/ids";

/** A logo for whoever sees a checkout. @throws NotFound */
export async function readLogo(input: { merchantId: string; id: string; requestId: string }) {
  const { merchantId, id, requestId } = input;
  if (!isMerchantId(merchantId) || !/^[0-9a-f]{64}$/.test(id)) throw new NotFound("logo");
  const actor = { type: "shopper", id: "anonymous" } as const;
  const ctx = openContext({ merchantId, livemode: true, actor, requestId });
  const image = await findLogo(ctx, id);
  if (!image) throw new NotFound("logo");
  return image;
}

export function findLogo(ctx: Context, id: string) {
  return ctx.transaction(async (tx) => {
    const [image] = await tx.db
      .select({ contentType: brandImages.contentType, bytes: brandImages.bytes })
      .from(brandImages)
      .where(and(eq(brandImages.merchantId, tx.merchantId), eq(brandImages.id, id)));
    return image;
  });
}

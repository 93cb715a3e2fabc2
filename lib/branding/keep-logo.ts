import { createHash } from "node:crypto";
import { and, desc, eq, notInArray } from "drizzle-orm";
import { brandImages } from "#db/schema/branding";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { LogoTooLarge, LogoUnreadable } from "./errors.ts";
import { logoAddress, logoIdIn } from "./logo-address.ts";
import { readImage } from "./read-image.ts";

export const maxLogoBytes = 150 * 1024;
/** A side; more would make a phone unpack megabytes for a picture of forty pixels. */
export const maxLogoPixels = 2_048;
/** Beside the one in use: a merchant who tries several looks can go back to one of them. */
const keptImages = 10;

export interface KeptLogo {
  readonly id: string;
  readonly url: string;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Keeps a picture for the checkout; the branding that names it comes later. The same picture twice is the same.
 *
 * @throws LogoUnreadable when it is no PNG, JPEG or WebP, LogoTooLarge
 */
export async function keepLogo(ctx: Context, bytes: Buffer): Promise<KeptLogo> {
  if (bytes.length > maxLogoBytes) throw tooLarge();
  const facts = readImage(bytes);
  if (!facts || facts.width < 1 || facts.height < 1) throw new LogoUnreadable();
  if (facts.width > maxLogoPixels || facts.height > maxLogoPixels) throw tooLarge();
  const id = createHash("sha256").update(bytes).digest("hex");
  await ctx.transaction(async (tx) => {
    await tx.db
      .insert(brandImages)
      .values({ merchantId: tx.merchantId, id, ...facts, bytes, createdAt: tx.now })
      .onConflictDoUpdate({ target: [brandImages.merchantId, brandImages.id], set: { createdAt: tx.now } });
    await forgetOldest(tx);
    await recordAudit(tx, "branding.upload_logo", id, { ...facts, bytes: bytes.length });
  });
  return { id, url: logoAddress(ctx.merchantId, id), ...facts };
}

function tooLarge(): LogoTooLarge {
  return new LogoTooLarge({ maxKilobytes: maxLogoBytes / 1024, maxPixels: maxLogoPixels });
}

async function forgetOldest(tx: Tx): Promise<void> {
  const { branding } = await loadMerchant(tx.ctx);
  const inUse = logoIdIn(branding.logo);
  const newest = await tx.db
    .select({ id: brandImages.id })
    .from(brandImages)
    .where(eq(brandImages.merchantId, tx.merchantId))
    .orderBy(desc(brandImages.createdAt))
    .limit(keptImages);
  const kept = [...newest.map((image) => image.id), ...(inUse ? [inUse] : [])];
  await tx.db
    .delete(brandImages)
    .where(and(eq(brandImages.merchantId, tx.merchantId), notInArray(brandImages.id, kept)));
}

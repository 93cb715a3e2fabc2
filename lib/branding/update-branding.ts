import { eq } from "drizzle-orm";
import { type Branding, merchants } from "#db/schema/merchants";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import type { Locale } from "#lib/kernel/locale";
import { forgetMerchant } from "#lib/merchants/load-merchant";
import { logoAddress } from "./logo-address.ts";
import { findLogo } from "./read-logo.ts";

/** Null takes a thing away; what is undefined stays. */
export interface UpdateBranding {
  readonly displayName?: string | undefined;
  /** The id of a kept picture. */
  readonly logo?: string | null | undefined;
  readonly color?: string | null | undefined;
  readonly supportEmail?: string | null | undefined;
  readonly supportPhone?: string | null | undefined;
  readonly languages?: readonly Locale[] | null | undefined;
}

/** Changes how the checkout looks, in test and live mode alike. @throws NotFound when there is no such logo */
export async function updateBranding(ctx: Context, input: UpdateBranding): Promise<Branding> {
  return ctx.transaction(async (tx) => {
    const own = eq(merchants.merchantId, tx.merchantId);
    const [before] = await tx.db.select({ branding: merchants.branding }).from(merchants).where(own).for("update");
    if (!before) throw new NotFound("merchant");
    const { logo, ...rest } = input;
    if (logo && !(await findLogo(tx.ctx, logo))) throw new NotFound("logo", "logo");
    const changed: Record<string, unknown> = {
      ...before.branding,
      ...given(rest),
      ...(logo !== undefined && { logo: logo && logoAddress(tx.merchantId, logo) }),
    };
    const branding = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== null),
    ) as unknown as Branding;
    await tx.db.update(merchants).set({ branding, updatedAt: tx.now }).where(own);
    await recordAudit(tx, "branding.update", tx.merchantId, { before: brief(before.branding), after: brief(branding) });
    tx.afterCommit(() => forgetMerchant(tx.merchantId));
    return branding;
  });
}

function given(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** A logo may be a whole picture in a data URL: the log says only that there was one. */
function brief(branding: Branding): object {
  const { logo, ...rest } = branding;
  return { ...rest, ...(logo && { logo: logo.startsWith("data:") ? "data URL" : logo }) };
}

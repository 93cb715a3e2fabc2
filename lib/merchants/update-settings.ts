import { eq } from "drizzle-orm";
import { type MerchantSettings, merchants } from "#db/schema/merchants";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { InvalidParam, NotFound } from "#lib/kernel/errors";
import { noticeKinds } from "#lib/notices/kinds";
import { forgetMerchant, type Merchant } from "./load-merchant.ts";

export interface UpdateSettings {
  readonly name?: string | undefined;
  /** IANA name. */
  readonly timeZone?: string | undefined;
  readonly orderLifetimeMinutes?: number | undefined;
  readonly latePayment?: "refund" | "accept" | undefined;
  readonly secondPayment?: "refund" | "accept" | undefined;
  readonly notices?: Partial<Notices> | undefined;
}

/**
 * Changes what is given, for test and live mode alike; orders that are open already keep the expiry that they were made with.
 *
 * @throws InvalidParam when there is no such time zone
 */
export async function updateSettings(ctx: Context, input: UpdateSettings): Promise<Merchant> {
  if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) {
    throw new InvalidParam("time_zone_unknown", "time_zone");
  }
  return ctx.transaction(async (tx) => {
    const own = eq(merchants.merchantId, tx.merchantId);
    const [before] = await tx.db.select().from(merchants).where(own).for("update");
    if (!before) throw new NotFound("merchant");
    const { name, timeZone, orderLifetimeMinutes, latePayment, secondPayment, notices } = input;
    const [after] = await tx.db
      .update(merchants)
      .set({
        ...(name !== undefined && { name }),
        ...(timeZone !== undefined && { timeZone }),
        settings: {
          ...before.settings,
          ...(orderLifetimeMinutes !== undefined && { orderLifetimeMinutes }),
          ...(latePayment !== undefined && { latePayment }),
          ...(secondPayment !== undefined && { secondPayment }),
          ...(notices !== undefined && { notices: { ...noticesOf(before.settings), ...notices } }),
        },
        updatedAt: tx.now,
      })
      .where(own)
      .returning();
    if (!after) throw new NotFound("merchant");
    await recordAudit(tx, "settings.update", tx.merchantId, { before: told(before), after: told(after) });
    tx.afterCommit(() => forgetMerchant(tx.merchantId));
    return after;
  });
}

export type Notices = NonNullable<MerchantSettings["notices"]>;

/** Whoever names an address is told everything, until it says otherwise. */
export function noticesOf(settings: MerchantSettings): Notices {
  return settings.notices ?? { emails: [], kinds: noticeKinds, locale: "en" };
}

function told({ name, timeZone, settings }: Merchant) {
  return { name, timeZone, ...settings };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Offsets such as +08:00 are taken too, but know no summer time and no name to show.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

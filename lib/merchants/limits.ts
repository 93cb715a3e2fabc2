import { sql } from "drizzle-orm";
import type { MerchantLimits } from "#db/schema/merchants";
import type { Context } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import type { CurrencyCode } from "#lib/kernel/currency";
import { processWide } from "#lib/kernel/globals";
import { money, toDecimalString } from "#lib/kernel/money";
import { LimitExceeded, type LimitKind } from "./errors.ts";
import type { Merchant } from "./load-merchant.ts";

export interface Wanted {
  readonly amount: bigint;
  readonly currency: string;
  /** Of a payment; an order has none yet. */
  readonly method?: string;
}

/**
 * Refuses an order or a payment above the merchant's limits, in test mode as in live mode, each with its own sums. Days
 * and months are the merchant's own. They are summed from the rollups, which follow payments by a few seconds: what is
 * under way at the same moment may pass a limit by its own sum, and nothing is locked.
 *
 * @throws LimitExceeded
 */
export async function requireWithinLimits(
  ctx: Context,
  merchant: Pick<Merchant, "limits" | "timeZone">,
  wanted: Wanted,
): Promise<void> {
  const limits = merchant.limits?.[wanted.currency];
  if (!limits) return;
  refuseAbove("order", limits.order, wanted.amount, wanted.currency);
  refuseAbove("method", wanted.method && limits.methods?.[wanted.method], wanted.amount, wanted.currency);
  for (const span of ["day", "month"] as const) {
    if (limits[span] === undefined) continue;
    const paid = await paidWithin(ctx, span, wanted.currency, merchant.timeZone);
    refuseAbove(span, limits[span], paid + wanted.amount, wanted.currency);
  }
}

/** Whether a method may be offered for an amount; the sums of day and month are asked for when it is paid. */
export function fitsMethodLimit(
  limits: MerchantLimits | null,
  { amount, currency, method }: Required<Wanted>,
): boolean {
  const most = limits?.[currency]?.methods?.[method];
  return most === undefined || amount <= BigInt(most);
}

function refuseAbove(kind: LimitKind, limit: number | "" | undefined, amount: bigint, currency: string): void {
  if (limit === undefined || limit === "" || amount <= BigInt(limit)) return;
  throw new LimitExceeded(kind, toDecimalString(money(BigInt(limit), currency as CurrencyCode)), currency);
}

/** Of the merchants with limits only; two seconds save a sum a request. */
const sums = processWide("limit-sums", () => new TimedCache<bigint>({ ttlMs: 2_000, max: 10_000 }));

function paidWithin(ctx: Context, span: "day" | "month", currency: string, timeZone: string): Promise<bigint> {
  const read = () =>
    ctx.transaction(async (tx) => {
      const [row] = await tx.db.execute<{ paid: string }>(sql`
        select coalesce(sum(gross), 0)::text as paid from rollups
        where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and currency = ${currency}
          and at >= date_trunc(${span}, ${tx.now.toISOString()}::timestamptz at time zone ${timeZone}) at time zone ${timeZone}`);
      return BigInt(row?.paid ?? 0);
    });
  return sums.get(`${ctx.merchantId}:${ctx.livemode}:${currency}:${span}`, read, ctx.isInTransaction);
}

import { and, desc, eq, ilike, lt, or, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { type LiveStatus, merchants } from "#db/schema/merchants";
import { NotFound } from "#lib/kernel/errors";
import type { Merchant } from "#lib/merchants/load-merchant";

export interface MerchantFilter {
  /** A part of the name, or an id. */
  readonly q?: string;
  readonly status?: Merchant["status"];
  readonly liveStatus?: LiveStatus;
  readonly tier?: Merchant["tier"];
  readonly limit: number;
  readonly after?: string;
}

/** @throws NotFound */
export async function findMerchant(id: string): Promise<Merchant> {
  const [row] = await operatorDatabase().select().from(merchants).where(eq(merchants.merchantId, id));
  if (!row) throw new NotFound("merchant");
  return row;
}

/** The newest first; one row more than the limit when there are more. @throws NotFound for a cursor that is no merchant */
export async function listMerchants(filter: MerchantFilter): Promise<Merchant[]> {
  const { q, status, liveStatus, tier, limit } = filter;
  const last = filter.after ? await findMerchant(filter.after) : undefined;
  return operatorDatabase()
    .select()
    .from(merchants)
    .where(
      and(
        q ? or(ilike(merchants.name, `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`), eq(merchants.merchantId, q)) : undefined,
        status && eq(merchants.status, status),
        liveStatus && eq(merchants.liveStatus, liveStatus),
        tier && eq(merchants.tier, tier),
        last &&
          or(
            lt(merchants.createdAt, last.createdAt),
            and(eq(merchants.createdAt, last.createdAt), lt(merchants.merchantId, last.merchantId)),
          ),
      ),
    )
    .orderBy(desc(merchants.createdAt), desc(merchants.merchantId))
    .limit(limit + 1);
}

export interface Volume {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly currency: string;
  readonly payments: number;
  readonly gross: bigint;
  readonly refunded: bigint;
}

const days = 30;

/** What these merchants took in the last thirty days, a row a mode and currency; drawn from the rollups. */
export async function volumesOf(merchantIds: readonly string[], now: Date): Promise<Volume[]> {
  if (merchantIds.length === 0) return [];
  const since = new Date(now.getTime() - days * 86_400_000).toISOString();
  const rows = await operatorDatabase().execute<Record<string, string> & { livemode: boolean }>(sql`
    select merchant_id, livemode, currency, sum(payments)::text as payments, sum(gross)::text as gross,
      sum(refunded)::text as refunded
    from rollups
    where merchant_id in (${sql.join(
      merchantIds.map((id) => sql`${id}`),
      sql`, `,
    )}) and at >= ${since}::timestamptz
    group by 1, 2, 3 having sum(payments) > 0 order by 1, 2 desc, sum(payments) desc`);
  return rows.map((row) => ({
    merchantId: row.merchant_id ?? "",
    livemode: row.livemode,
    currency: row.currency ?? "",
    payments: Number(row.payments),
    gross: BigInt(row.gross ?? 0),
    refunded: BigInt(row.refunded ?? 0),
  }));
}

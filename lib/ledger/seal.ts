import { type SQL, sql } from "drizzle-orm";
import type { Context, Tx } from "#db/tenancy";
import { bookCompleteUntil, type FoldOptions, firstInOrder } from "./horizon.ts";

const defaultBatchSize = 10_000;
const maxBatches = 1_000;
/** Links recomputed in one statement: full ones hold 10,000 transfers each, and a statement has 10 s. */
const linksAtOnce = 20;

/*
 * What a seal hashes: SHA-256, in hex, over UTF-8 lines joined by \n.
 *   line 1   ["globalpaylink-seal-1", merchant, livemode, number, through, transfers, previous hash]
 *   line 2…  [transfer, created at, transaction, reference, kind, order, occurred at, debit account's code, credit
 *            account's code, amount, currency], one for each transfer by (created at, id in byte order)
 * Each line is a JSON array as PostgreSQL's json_build_array writes it (", " between elements); moments are milliseconds
 * since 1970; a missing order is null; the first seal's previous hash is an empty string.
 */
const milliseconds = (moment: SQL) => sql`(extract(epoch from ${moment}) * 1000)::bigint`;

const transferLines = sql`
  string_agg(json_build_array(
    t.id, ${milliseconds(sql`t.created_at`)}, t.transaction_id, x.reference, x.kind, x.order_id,
    ${milliseconds(sql`x.occurred_at`)}, d.code, c.code, t.amount, t.currency
  )::text, E'\n' order by t.created_at, t.id collate "C")`;

/**
 * Left joins: a transaction or account that somebody deleted must change the line, not drop it. Each a look-up by its
 * whole key: before the first statistics of a new book the planner would compare every row with every row.
 */
const transferOrigins = sql`
  left join lateral (
    select * from ledger_transactions x
    where x.merchant_id = t.merchant_id and x.livemode = t.livemode and x.id = t.transaction_id limit 1
  ) x on true
  left join lateral (
    select code from ledger_accounts d where d.merchant_id = t.merchant_id and d.id = t.debit_account_id limit 1
  ) d on true
  left join lateral (
    select code from ledger_accounts c where c.merchant_id = t.merchant_id and c.id = t.credit_account_id limit 1
  ) c on true`;

function sealHash(tx: Tx, link: { number: SQL; through: SQL; transfers: SQL; previous: SQL; lines: SQL }): SQL {
  return sql`encode(sha256(convert_to(json_build_array(
    'globalpaylink-seal-1', ${tx.merchantId}::text, ${tx.livemode}::boolean, ${link.number}::bigint,
    ${milliseconds(link.through)}, ${link.transfers}::bigint, ${link.previous}::text
  )::text || E'\n' || coalesce(${link.lines}, ''), 'UTF8')), 'hex')`;
}

/**
 * Adds the transfers that are old enough to the hash chain of the merchant's book. Of two runs at the same time one adds
 * the link and the other finds its number taken.
 *
 * @returns how many transfers were sealed
 */
export async function sealTransfers(ctx: Context, options: FoldOptions = {}): Promise<number> {
  const batchSize = options.batchSize ?? defaultBatchSize;
  let sealed = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const size = await sealBatch(ctx, batchSize, options);
    sealed += size;
    if (size < batchSize) break;
  }
  return sealed;
}

async function sealBatch(ctx: Context, batchSize: number, options: FoldOptions): Promise<number> {
  return ctx.transaction(async (tx) => {
    const { merchantId, livemode } = tx;
    const hash = sealHash(tx, {
      number: sql`number`,
      through: sql`through`,
      transfers: sql`transfers`,
      previous: sql`previous`,
      lines: sql`lines`,
    });
    const [row] = await tx.db.execute<{ transfer_count: string }>(sql`
      with head as (
        (select number, through, hash from ledger_seals
          where merchant_id = ${merchantId} and livemode = ${livemode} order by number desc limit 1)
        union all select 0, '-infinity', ''
        order by number desc limit 1
      ), batch as (
        select * from ledger_transfers
        where merchant_id = ${merchantId} and livemode = ${livemode}
          and created_at > (select through from head) and created_at <= ${bookCompleteUntil(tx, options)}
        ${firstInOrder(batchSize)}
      ), link as (
        select (select number from head) + 1 as number, max(t.created_at) as through,
          count(*) as transfers, (select hash from head) as previous, ${transferLines} as lines
        from batch t ${transferOrigins}
      )
      insert into ledger_seals (merchant_id, livemode, number, through, transfer_count, hash)
      select ${merchantId}, ${livemode}, number, through, transfers, ${hash} from link where transfers > 0
      on conflict do nothing
      returning transfer_count`);
    return Number(row?.transfer_count ?? 0);
  });
}

export interface BrokenSeal {
  readonly number: number;
  readonly reason: "missing" | "count_differs" | "hash_differs";
}

export interface SealVerification {
  readonly seals: number;
  readonly transfers: number;
  /** The newest hash. Kept by somebody else, it proves that the chain was not rewritten as a whole or cut at its end. */
  readonly head: string | undefined;
  /** The first link that does not hold. */
  readonly broken: BrokenSeal | undefined;
}

/** Recomputes the chain of the merchant's book from the rows it covers, and stops at the first link that is broken. */
export async function verifySeals(ctx: Context): Promise<SealVerification> {
  let seals = 0;
  let transfers = 0;
  let head: string | undefined;
  for (;;) {
    const links = await ctx.transaction((tx) => recompute(tx, seals));
    for (const link of links) {
      const reason = flaw(link, seals + 1);
      if (reason) return { seals, transfers, head, broken: { number: seals + 1, reason } };
      seals += 1;
      transfers += Number(link.transfer_count);
      head = link.hash;
    }
    if (links.length < linksAtOnce) return { seals, transfers, head, broken: undefined };
  }
}

interface RecomputedLink extends Record<string, unknown> {
  readonly number: string;
  readonly hash: string;
  readonly transfer_count: string;
  readonly actual_count: string;
  readonly actual_hash: string;
}

function flaw(link: RecomputedLink, expectedNumber: number): BrokenSeal["reason"] | undefined {
  if (Number(link.number) !== expectedNumber) return "missing";
  if (link.transfer_count !== link.actual_count) return "count_differs";
  return link.hash === link.actual_hash ? undefined : "hash_differs";
}

async function recompute(tx: Tx, afterNumber: number): Promise<RecomputedLink[]> {
  const { merchantId, livemode } = tx;
  const hash = sealHash(tx, {
    number: sql`s.number`,
    through: sql`s.through`,
    transfers: sql`count(t.id)`,
    previous: sql`s.previous`,
    lines: transferLines,
  });
  return tx.db.execute<RecomputedLink>(sql`
    select s.number, s.hash, s.transfer_count, actual.count as actual_count, actual.hash as actual_hash
    from (
      select s.*, coalesce(p.hash, '') as previous, coalesce(p.through, '-infinity') as after
      from ledger_seals s
      left join ledger_seals p
        on p.merchant_id = s.merchant_id and p.livemode = s.livemode and p.number = s.number - 1
      where s.merchant_id = ${merchantId} and s.livemode = ${livemode} and s.number > ${afterNumber}
      order by s.number limit ${sql.raw(String(linksAtOnce))}
    ) s
    cross join lateral (
      select count(t.id) as count, ${hash} as hash
      from ledger_transfers t ${transferOrigins}
      where t.merchant_id = ${merchantId} and t.livemode = ${livemode}
        and t.created_at > s.after and t.created_at <= s.through
    ) actual
    order by s.number`);
}

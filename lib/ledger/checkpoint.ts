import { sql } from "drizzle-orm";
import type { Context } from "#db/tenancy";
import { bookCompleteUntil, type FoldOptions, firstInOrder } from "./horizon.ts";

const defaultBatchSize = 50_000;
/** Ten million transfers a run; what is left waits for the next. */
const maxBatches = 200;

/**
 * Folds the transfers that are old enough into one new checkpoint for each account that they touch, so that reading a
 * balance sums only what came after. Every batch covers all accounts up to one moment: an account without a newer
 * checkpoint had no transfer since. Runs at the same time compute the same sums from the same rows, so they are harmless.
 *
 * @returns how many transfers were folded
 */
export async function foldCheckpoints(ctx: Context, options: FoldOptions = {}): Promise<number> {
  const batchSize = options.batchSize ?? defaultBatchSize;
  let folded = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const size = await foldBatch(ctx, batchSize, options);
    folded += size;
    if (size < batchSize) break;
  }
  return folded;
}

async function foldBatch(ctx: Context, batchSize: number, options: FoldOptions): Promise<number> {
  return ctx.transaction(async (tx) => {
    const { merchantId, livemode } = tx;
    const [row] = await tx.db.execute<{ folded: string }>(sql`
      with mark as (
        select coalesce(max(through), '-infinity') as moment from ledger_checkpoints
        where merchant_id = ${merchantId} and livemode = ${livemode}
      ), batch as (
        select created_at, debit_account_id, credit_account_id, amount from ledger_transfers
        where merchant_id = ${merchantId} and livemode = ${livemode}
          and created_at > (select moment from mark) and created_at <= ${bookCompleteUntil(tx, options)}
        ${firstInOrder(batchSize)}
      ), span as (
        select max(created_at) as through, count(*) as folded from batch
      ), moved as (
        select account_id, sum(debits) as debits, sum(credits) as credits
        from batch cross join lateral (
          values (debit_account_id, amount, 0), (credit_account_id, 0, amount)
        ) as side(account_id, debits, credits)
        group by account_id
      ), inserted as (
        insert into ledger_checkpoints (merchant_id, account_id, livemode, through, debits, credits)
        select ${merchantId}, m.account_id, ${livemode}, span.through,
          coalesce(base.debits, 0) + m.debits, coalesce(base.credits, 0) + m.credits
        from moved m cross join span left join lateral (
          select debits, credits from ledger_checkpoints c
          where c.merchant_id = ${merchantId} and c.account_id = m.account_id
          order by through desc limit 1
        ) base on true
        on conflict do nothing
      ), pruned as (
        -- This statement does not see its own insert: what it takes for the newest is the second newest from now on.
        delete from ledger_checkpoints old using moved m
        where old.merchant_id = ${merchantId} and old.account_id = m.account_id and old.through < (
          select max(through) from ledger_checkpoints c
          where c.merchant_id = ${merchantId} and c.account_id = m.account_id)
      )
      select folded from span`);
    return Number(row?.folded ?? 0);
  });
}

import type postgres from "postgres";
import type { Context } from "#db/tenancy";
import { sealAuditLog } from "#lib/audit/seal";
import { merchantKeyOf } from "#lib/kernel/ids";
import { accountId } from "#lib/ledger/accounts";
import { foldCheckpoints } from "#lib/ledger/checkpoint";
import { sealTransfers } from "#lib/ledger/seal";

const ordersAtOnce = 50_000;
/** The past is spread over these last days, oldest first. */
const days = 90;

/**
 * Gives each merchant its share of `count` paid orders, with all that a real one leaves behind: attempt, notification,
 * audit, two events (numbered), a delivered webhook with its try, a ledger transaction with two transfers. Written by
 * generate_series straight into the tables as their owner, foreign keys unchecked; then folded, sealed, vacuumed and
 * analysed as the jobs and autovacuum would have done. Ids sort before every id of today.
 *
 * @param ids `by_time`: with the order's own time in them, as real ones, so that a list can be asked for a period and
 *   each quarter of an hour has numbers to count; counting them is work that other measurements should not meet
 */
export async function storeOrders(
  owner: postgres.Sql,
  merchants: readonly Context[],
  count: number,
  ids: IdForm = "before_all",
): Promise<void> {
  if (count === 0) return;
  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`set local synchronous_commit = off`;
    for (const [index, ctx] of merchants.entries()) {
      const own = Math.floor(count / merchants.length) + (index < count % merchants.length ? 1 : 0);
      const [account] = await sql`
        select id from channel_accounts where merchant_id = ${ctx.merchantId} and channel = 'wechatpay'`;
      const [endpoint] = await sql`select id from webhook_endpoints where merchant_id = ${ctx.merchantId}`;
      const past = { ids, ctx, count: own, account: String(account?.id), endpoint: String(endpoint?.id) };
      await openAccounts(sql, past);
      for (let first = 1; first <= own; first += ordersAtOnce) {
        await storeBatch(sql, past, first, Math.min(own, first + ordersAtOnce - 1));
      }
      await sql`insert into event_sequences (merchant_id, livemode, last) values (${ctx.merchantId}, false, ${own * 2})`;
      if (ids === "before_all") {
        await sql`
          insert into event_cursors (merchant_id, livemode, sequence, counted_at, next_at)
          values (${ctx.merchantId}, false, ${own * 2}, now(), now())`;
      }
    }
  });
  await owner`vacuum analyze`;
  for (const ctx of merchants) {
    await foldCheckpoints(ctx);
    await sealTransfers(ctx);
    await sealAuditLog(ctx);
  }
  await owner`vacuum analyze ledger_checkpoints, ledger_seals, audit_seals`;
  await owner`checkpoint`;
}

export type IdForm = "before_all" | "by_time";

interface Past {
  readonly ids: IdForm;
  readonly ctx: Context;
  readonly count: number;
  readonly account: string;
  readonly endpoint: string;
}

function accountsOf({ ctx, account }: Past) {
  const id = (code: Parameters<typeof accountId>[2]) => accountId(ctx.merchantId, ctx.livemode, code, "CNY");
  const clearing = `channel_clearing:${account}` as const;
  return {
    clearingCode: clearing,
    clearing: id(clearing),
    pending: id("merchant_pending"),
    fee: id("fee_income"),
  };
}

async function openAccounts(sql: postgres.TransactionSql, past: Past): Promise<void> {
  const { clearingCode, clearing, pending, fee } = accountsOf(past);
  const { merchantId } = past.ctx;
  await sql`
    insert into ledger_accounts (merchant_id, id, livemode, code, currency, normal_side) values
      (${merchantId}, ${clearing}, false, ${clearingCode}, 'CNY', 'debit'),
      (${merchantId}, ${pending}, false, 'merchant_pending', 'CNY', 'credit'),
      (${merchantId}, ${fee}, false, 'fee_income', 'CNY', 'credit')`;
}

async function storeBatch(sql: postgres.TransactionSql, past: Past, first: number, last: number): Promise<void> {
  const { merchantId } = past.ctx;
  const key = merchantKeyOf(merchantId);
  const { clearing, pending, fee } = accountsOf(past);
  // Ids as lib/kernel/ids makes them, with a number in the place of chance, or of time too; today's begin with a greater digit.
  const body =
    past.ids === "by_time" ? sql`${timeBase32(sql)} || lpad(n::text, 8, '0')` : sql`'00' || lpad(n::text, 16, '0')`;
  await sql`
    create temporary table past on commit drop as
    select n, 1000 + n % 90000 as amount, 6 + n % 540 as fee, ${key} || ${body} as body, at
    from generate_series(${first}::int, ${last}::int) n cross join lateral (
      select now() - make_interval(secs => (${past.count}::int - n) * (86400.0 * ${days}::int / ${past.count}::int) + 600) as at
    ) t`;
  await sql`
    insert into orders (merchant_id, id, livemode, merchant_order_no, amount, currency, subject, capture_method, metadata,
      status, amount_captured, latest_attempt_id, expires_at, paid_at, created_at, updated_at)
    select ${merchantId}, 'ord_' || body || '00', false, 'past-' || n, amount, 'CNY', 'Jasmine tea, 250 g', 'automatic', '{}',
      'paid', amount, 'att_' || body || '00', at + interval '30 minutes', at + interval '9 seconds', at, at + interval '9 seconds'
    from past`;
  await sql`
    insert into attempts (merchant_id, id, livemode, order_id, channel, channel_account_id, method, flow, status, amount,
      currency, capture_method, shopper, provider_reference, amount_received, fee, disposition, succeeded_at, created_at, updated_at)
    select ${merchantId}, 'att_' || body || '00', false, 'ord_' || body || '00', 'wechatpay', ${past.account}, 'wechat_pay', 'qr',
      'succeeded', amount, 'CNY', 'automatic', '{"device": "desktop", "locale": "zh-CN"}', '4200' || lpad(n::text, 24, '0'),
      amount, fee, 'order', at + interval '9 seconds', at, at + interval '9 seconds'
    from past`;
  await sql`
    insert into channel_notifications (merchant_id, id, livemode, channel_account_id, provider_event_id, kind, reference,
      order_id, result, body, received_at)
    select ${merchantId}, 'ntf_' || body || '00', false, ${past.account}, md5(body)::uuid::text, 'payment', 'att_' || body || '00',
      'ord_' || body || '00', 'applied', repeat(md5(body), 28), at + interval '9 seconds'
    from past`;
  await sql`
    insert into audit_log (merchant_id, id, livemode, actor_type, actor_id, verb, object_id, request_id, ip, created_at)
    select ${merchantId}, 'aud_' || body || k.suffix, false, k.actor, 'key_bench', k.verb, k.prefix || body || '00',
      'req_' || left(md5(body), 20), '127.0.0.1', at
    from past cross join (values ('00', 'api_key', 'order.create', 'ord_'), ('01', 'shopper', 'attempt.start', 'att_'))
      as k(suffix, actor, verb, prefix)`;
  await sql`
    insert into events (merchant_id, id, livemode, type, object_id, order_id, data, sequence, created_at)
    select ${merchantId}, 'evt_' || body || k.suffix, false, k.type, 'ord_' || body || '00', 'ord_' || body || '00',
      jsonb_build_object('id', 'ord_' || body || '00', 'object', 'order', 'status', k.status, 'amount', amount,
        'currency', 'CNY', 'subject', 'Jasmine tea, 250 g', 'note', repeat(md5(body), 12)),
      2 * n - 1 + k.suffix::int, at
    from past cross join (values ('00', 'order.created', 'pending'), ('01', 'order.paid', 'paid')) as k(suffix, type, status)`;
  await sql`
    insert into webhook_deliveries (merchant_id, id, livemode, event_id, endpoint_id, cause, status, try_count, response_status,
      duration_ms, last_try_at, created_at)
    select ${merchantId}, 'wd_' || body || '00', false, 'evt_' || body || '01', ${past.endpoint}, 'event', 'succeeded', 1, 204, 4, at, at
    from past`;
  await sql`
    insert into webhook_tries (merchant_id, delivery_id, number, at, response_status, duration_ms)
    select ${merchantId}, 'wd_' || body || '00', 1, at, 204, 4 from past`;
  await sql`
    insert into ledger_transactions (merchant_id, id, livemode, reference, kind, order_id, occurred_at, created_at)
    select ${merchantId}, 'txn_' || body || '00', false, 'payment_succeeded:att_' || body || '00', 'payment_succeeded',
      'ord_' || body || '00', at, at
    from past`;
  await sql`
    insert into ledger_transfers (merchant_id, id, livemode, transaction_id, debit_account_id, credit_account_id, amount,
      currency, created_at)
    select ${merchantId}, 'tf_' || body || k.suffix, false, 'txn_' || body || '00', ${clearing}, k.credit,
      case k.suffix when '00' then amount - fee else fee end, 'CNY', at
    from past cross join (values ('00', ${pending}), ('01', ${fee})) as k(suffix, credit)`;
  await sql`drop table past`;
}

/** Of `at`, as lib/kernel/ids writes it: ten letters of five bits. */
function timeBase32(sql: postgres.TransactionSql) {
  return sql`(
    select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', ((extract(epoch from at) * 1000)::bigint >> shift & 31)::int + 1, 1),
      '' order by shift desc)
    from generate_series(0, 45, 5) shift)`;
}

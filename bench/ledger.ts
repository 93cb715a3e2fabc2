import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import type postgres from "postgres";
import { connect } from "#db/client";
import { startEmbedded } from "#db/embedded";
import { migrate } from "#db/migrate";
import { type Context, openContext } from "#db/tenancy";
import { newMerchantId, randomToken } from "#lib/kernel/ids";
import { money } from "#lib/kernel/money";
import { accountId } from "#lib/ledger/accounts";
import { balanceOf } from "#lib/ledger/balance";
import { checkInvariants } from "#lib/ledger/check";
import { foldCheckpoints } from "#lib/ledger/checkpoint";
import { type Posting, post, postMany } from "#lib/ledger/post";

export interface LedgerBenchTarget {
  /** May write what the app may not: merchants, and a past of transfers. */
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export interface LedgerBenchOptions {
  /** Of each posting measurement. */
  readonly seconds: number;
  readonly connections: number;
  readonly batchSize: number;
  /** Transfers already in the book when balances are read. */
  readonly transfers: number;
}

export interface LedgerBenchReport {
  readonly cpus: number;
  readonly options: LedgerBenchOptions;
  /** Ledger transactions a second, two transfers each. */
  readonly oneByOne: { readonly hot: number; readonly spread: number; readonly hotShareOfSpread: number };
  readonly batches: { readonly transactionsPerSecond: number };
  readonly balance: {
    readonly transfers: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    /** The query alone, without opening and ending its transaction. */
    readonly queryP50Ms: number;
  };
  readonly violations: readonly string[];
}

export const defaultLedgerBench: LedgerBenchOptions = {
  seconds: 8,
  connections: 12,
  batchSize: 500,
  transfers: 10_000_000,
};

const spreadAccounts = 10_000;
/** Hot and spread take turns, so that a machine that slows down slows both. */
const rounds = 2;
const balanceReads = 2_000;

/** Measures posting and balance reads on a database that holds the product's tables; makes merchants of its own there. */
export async function benchLedger(
  target: LedgerBenchTarget,
  options: LedgerBenchOptions = defaultLedgerBench,
): Promise<LedgerBenchReport> {
  const owner = connect(target.ownerUrl, { max: 2, applicationName: "ledger-bench-owner", timeoutMs: 0 });
  const app = connect(target.appUrl, { max: options.connections, applicationName: "ledger-bench", timeoutMs: 10_000 });
  const book = async () => {
    const merchantId = await insertMerchant(owner.client);
    return openContext({
      merchantId,
      livemode: false,
      actor: { type: "system", id: "bench" },
      requestId: "bench",
      db: app.db,
    });
  };
  try {
    const [hotBook, spreadBook, batchBook] = [await book(), await book(), await book()];
    await warmUp(hotBook, 1, options);
    await warmUp(spreadBook, spreadAccounts, options);
    const hot: number[] = [];
    const spread: number[] = [];
    for (let round = 0; round < rounds; round++) {
      hot.push(await postOneByOne(hotBook, 1, options));
      spread.push(await postOneByOne(spreadBook, spreadAccounts, options));
    }
    const batches = await postInBatches(batchBook, options);
    // The checks below join whole books; autovacuum may not have looked at them yet.
    await owner.client`analyze ledger_accounts, ledger_transactions, ledger_transfers`;
    const violations: string[] = [];
    for (const ctx of [hotBook, spreadBook, batchBook]) violations.push(...(await ctx.transaction(checkInvariants)));

    const balance = await readBalances(owner.client, await book(), options);
    return {
      cpus: cpus().length,
      options,
      oneByOne: { hot: mean(hot), spread: mean(spread), hotShareOfSpread: mean(hot) / mean(spread) },
      batches: { transactionsPerSecond: batches },
      balance,
      violations,
    };
  } finally {
    await Promise.all([app.client.end({ timeout: 5 }), owner.client.end({ timeout: 5 })]);
  }
}

/** A payment of 88.00 with a fee of 0.53 from one of `accounts` channel accounts. */
function payment(accounts: number, number: number): Posting {
  const place = number % accounts;
  return {
    reference: `payment_succeeded:${randomToken(20)}`,
    kind: "payment_succeeded",
    orderId: `ord_${number}`,
    transfers: [
      { debit: `channel_clearing:${place}`, credit: `split_payable:${place}`, amount: money(8747n, "CNY") },
      { debit: `channel_clearing:${place}`, credit: "fee_income", amount: money(53n, "CNY") },
    ],
  };
}

/** Opens every account, so that the measurement meets a book in use. */
async function warmUp(ctx: Context, accounts: number, { batchSize }: LedgerBenchOptions): Promise<void> {
  for (let first = 0; first < accounts; first += batchSize) {
    const size = Math.min(batchSize, accounts - first);
    await ctx.transaction((tx) =>
      postMany(
        tx,
        Array.from({ length: size }, (_, i) => payment(accounts, first + i)),
      ),
    );
  }
  for (let i = 0; i < 200; i++) await ctx.transaction((tx) => post(tx, payment(accounts, i)));
}

/** Ledger transactions a second, each in its own database transaction. */
export function postOneByOne(ctx: Context, accounts: number, options: LedgerBenchOptions): Promise<number> {
  return rate(options, async (number) => {
    await ctx.transaction((tx) => post(tx, payment(accounts, number)));
    return 1;
  });
}

/** Ledger transactions a second, `batchSize` in each database transaction. */
export function postInBatches(ctx: Context, options: LedgerBenchOptions): Promise<number> {
  return rate({ ...options, connections: Math.min(options.connections, 4) }, async (number) => {
    const batch = Array.from({ length: options.batchSize }, (_, i) => payment(1, number + i));
    return (await ctx.transaction((tx) => postMany(tx, batch))).length;
  });
}

async function rate(
  { seconds, connections }: LedgerBenchOptions,
  work: (number: number) => Promise<number>,
): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (performance.now() < endsAt) {
      const count = await work(next++);
      done += count;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return (done / (performance.now() - startedAt)) * 1000;
}

/** Fills a book with a past, folds it as the job would, and reads the balance of its two busy accounts. */
export async function readBalances(
  owner: postgres.Sql,
  ctx: Context,
  { transfers }: LedgerBenchOptions,
): Promise<LedgerBenchReport["balance"]> {
  await fillBook(owner, ctx, transfers);
  await foldCheckpoints(ctx);
  const whole: number[] = [];
  const query: number[] = [];
  for (let i = 0; i < balanceReads; i++) {
    const openedAt = performance.now();
    await ctx.transaction(async (tx) => {
      const askedAt = performance.now();
      await balanceOf(tx, i % 2 === 0 ? "merchant_available" : "channel_clearing:0", "CNY");
      query.push(performance.now() - askedAt);
    });
    whole.push(performance.now() - openedAt);
  }
  return { transfers, p50Ms: quantile(whole, 0.5), p99Ms: quantile(whole, 0.99), queryP50Ms: quantile(query, 0.5) };
}

/** `transfers` payments at 100 a second, the last of them now: the newest are too young to be folded, as in real use. */
async function fillBook(owner: postgres.Sql, ctx: Context, transfers: number): Promise<void> {
  const { merchantId, livemode } = ctx;
  const clearing = accountId(merchantId, livemode, "channel_clearing:0", "CNY");
  const available = accountId(merchantId, livemode, "merchant_available", "CNY");
  await owner`
    insert into ledger_accounts (merchant_id, id, livemode, code, currency, normal_side) values
      (${merchantId}, ${clearing}, ${livemode}, 'channel_clearing:0', 'CNY', 'debit'),
      (${merchantId}, ${available}, ${livemode}, 'merchant_available', 'CNY', 'credit')`;
  const chunk = 500_000;
  for (let first = 1; first <= transfers; first += chunk) {
    const last = Math.min(first + chunk - 1, transfers);
    await owner.begin(async (sql) => {
      await sql`
        insert into ledger_transactions (merchant_id, id, livemode, reference, kind, occurred_at)
        select ${merchantId}, 'txn_' || lpad(n::text, 28, '0'), ${livemode}, 'bench:' || n, 'bench', now()
        from generate_series(${first}::int, ${last}::int) n`;
      await sql`
        insert into ledger_transfers
          (merchant_id, id, livemode, transaction_id, debit_account_id, credit_account_id, amount, currency, created_at)
        select ${merchantId}, 'tf_' || lpad(n::text, 28, '0'), ${livemode}, 'txn_' || lpad(n::text, 28, '0'),
          ${clearing}, ${available}, 1 + n % 10000, 'CNY', now() - make_interval(secs => (${transfers}::int - n) / 100.0)
        from generate_series(${first}::int, ${last}::int) n`;
    });
  }
  await owner`vacuum analyze ledger_transfers`;
}

async function insertMerchant(owner: postgres.Sql): Promise<string> {
  const merchantId = newMerchantId();
  await owner`
    insert into merchants (merchant_id, name, country, time_zone, branding, settings)
    values (${merchantId}, 'Ledger bench', 'CN', 'Asia/Shanghai', '{}', '{}')`;
  return merchantId;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Stand-alone: a durable database of its own in a temporary folder. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "gpl-bench-ledger-"));
  const server = await startEmbedded({ dataDir: join(folder, "postgres"), profile: "durable" });
  try {
    const ownerUrl = await server.database("ledger_bench");
    const password = randomToken(32);
    await migrate(ownerUrl, { appPassword: password, operatorPassword: password, simulatorPassword: password });
    const appUrl = new URL(ownerUrl);
    appUrl.username = "gpl_app";
    appUrl.password = password;
    const report = await benchLedger(
      { ownerUrl, appUrl: appUrl.href },
      {
        ...defaultLedgerBench,
        seconds: Number(process.env.LEDGER_BENCH_SECONDS || defaultLedgerBench.seconds),
        transfers: Number(process.env.LEDGER_BENCH_TRANSFERS || defaultLedgerBench.transfers),
      },
    );
    console.log(JSON.stringify(report, null, 2));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

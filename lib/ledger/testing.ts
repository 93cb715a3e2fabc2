import postgres from "postgres";
import { connect } from "#db/client";
import { type Context, openContext } from "#db/tenancy";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { TestClock } from "#lib/kernel/clock";
import type { CurrencyCode } from "#lib/kernel/currency";
import { newMerchantId } from "#lib/kernel/ids";
import { money } from "#lib/kernel/money";
import type { AccountCode } from "./accounts.ts";
import type { Posting } from "./post.ts";

export interface TestBooks {
  /** May write what the app may not: tampering. */
  readonly owner: postgres.Sql;
  readonly database: TestDatabase;
  /** A new merchant with an empty book. */
  openBook(): Promise<Context>;
  close(): Promise<void>;
}

/** A database for tests of the ledger, which needs merchants and nothing else. */
export async function testBooks(): Promise<TestBooks> {
  const database = await testDatabase();
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} });
  const app = connect(database.appUrl, { max: 10, applicationName: "ledger-test", timeoutMs: 10_000 });
  const clock = new TestClock("2026-03-01T08:00:00Z");
  return {
    owner,
    database,
    async openBook() {
      const merchantId = newMerchantId();
      await owner`
        insert into merchants (merchant_id, name, country, time_zone, branding, settings)
        values (${merchantId}, 'Tea House', 'CN', 'Asia/Shanghai', '{}', '{}')`;
      const actor = { type: "system", id: "test" } as const;
      return openContext({ merchantId, livemode: false, actor, requestId: "req_test", clock, db: app.db });
    },
    async close() {
      await Promise.all([app.client.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
      await database.drop();
    },
  };
}

/** A fact of one transfer. */
export function move(
  reference: string,
  debit: AccountCode,
  credit: AccountCode,
  minor: bigint,
  currency: CurrencyCode = "CNY",
): Posting {
  return { reference, kind: "test", transfers: [{ debit, credit, amount: money(minor, currency) }] };
}

/** Waits until as many statements of the app wait for a lock: then a race is at the point that the test is about. */
export async function untilWaiting(owner: postgres.Sql, statements: number): Promise<void> {
  for (let look = 0; look < 5_000; look++) {
    const [row] = await owner<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and application_name = 'ledger-test' and wait_event_type = 'Lock'`;
    if (row?.waiting === statements) return;
  }
  throw new Error("nobody waited for a lock");
}

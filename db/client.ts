import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase;

export interface ConnectionOptions {
  readonly max: number;
  /** What pg_stat_activity shows. */
  readonly applicationName: string;
  /** No statement and no idle transaction may live longer. */
  readonly timeoutMs: number;
}

/**
 * A pool and its Drizzle handle. Each statement is prepared once a connection: Drizzle's texts are stable, and planning
 * them anew would cost more than running them.
 */
export function connect(url: string, options: ConnectionOptions): { client: postgres.Sql; db: Database } {
  const client = postgres(url, {
    max: options.max,
    onnotice: () => {},
    // Seconds. The library's own pause grows to twenty, and callers would wait as long after a short outage.
    backoff: (retries: number) => Math.min(0.1 * 2 ** retries, 1),
    connection: {
      application_name: options.applicationName,
      statement_timeout: options.timeoutMs,
      idle_in_transaction_session_timeout: options.timeoutMs,
    },
  });
  return { client, db: drizzle(preparing(client)) };
}

function preparing<T extends postgres.Sql>(client: T): T {
  return new Proxy(client, {
    get(target, property, receiver) {
      if (property === "unsafe") {
        return (query: string, parameters?: unknown[], options?: object) =>
          // `set local` names the merchant in its text: a statement kept for each would never be used up.
          target.unsafe(query, parameters as never, { ...options, prepare: !query.startsWith("set local") });
      }
      if (property === "begin") {
        return (...input: unknown[]) => {
          const work = input.pop() as (sql: postgres.TransactionSql) => Promise<unknown>;
          const run = (sql: postgres.TransactionSql) => work(preparing(sql as never) as never);
          return typeof input[0] === "string" ? target.begin(input[0], run) : target.begin(run);
        };
      }
      return Reflect.get(target, property, receiver);
    },
  });
}

/** The driver's own handle behind Drizzle's: of a transaction, its connection. */
export function sessionOf(database: object): postgres.Sql {
  return (database as { readonly session: { readonly client: postgres.Sql } }).session.client;
}

import { sql } from "drizzle-orm";
import type { PgTransaction } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { Clock } from "#lib/kernel/clock";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import { isMerchantId } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { log } from "#lib/kernel/log";
import { connect, type Database } from "./client.ts";

/** Who does it: stands in the audit log. */
export interface Actor {
  readonly type: "api_key" | "user" | "shopper" | "channel" | "system" | "operator";
  readonly id: string;
  readonly ip?: string;
}

// biome-ignore lint/complexity/noBannedTypes: Drizzle's own spelling of "no relational schema"
type DrizzleTransaction = PgTransaction<PostgresJsQueryResultHKT, Record<string, never>, {}>;

/** An open transaction of one tenant. */
export interface Tx {
  readonly ctx: Context;
  readonly db: DrizzleTransaction;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly now: Date;
  /** Runs after the commit and not at all after a rollback; for wake-ups and caches, never for anything that must happen. */
  afterCommit(work: () => void): void;
}

/** On whose behalf, in which world, when. First parameter of every verb. */
export interface Context {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly actor: Actor;
  readonly requestId: string;
  readonly locale: Locale;
  readonly now: Date;
  readonly clock: Clock;
  /** Whether `transaction` joins: then the caller holds a connection, and must not wait for one that somebody else needs. */
  readonly isInTransaction: boolean;
  /**
   * Opens a transaction that sees this merchant's rows only, or joins the one that this context already lives in.
   * No network call may happen inside.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same caller in the other world, or as somebody else. */
  with(change: Partial<Pick<ContextInput, "livemode" | "actor" | "locale">>): Context;
}

export interface ContextInput {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly actor: Actor;
  readonly requestId: string;
  readonly locale?: Locale;
  readonly clock?: Clock;
  /** The app role's database; the process's own when not given. */
  readonly db?: Database;
}

/** The app role's pool of this process. */
export function appDatabase(): Database {
  return processWide("app-database", () =>
    connect(env.appDatabaseUrl, {
      max: env.databasePoolSize,
      applicationName: "globalpaylink",
      timeoutMs: 10_000,
    }),
  ).db;
}

/** @throws RangeError when the merchant id is not one: it stands in a SQL text, so nothing else may pass */
export function openContext(input: ContextInput): Context {
  return new TenantContext(input, undefined);
}

class TenantContext implements Context {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly actor: Actor;
  readonly requestId: string;
  readonly locale: Locale;
  readonly clock: Clock;
  readonly #input: ContextInput;
  readonly #joined: Tx | undefined;

  constructor(input: ContextInput, joined: Tx | undefined) {
    if (!isMerchantId(input.merchantId)) throw new RangeError("not a merchant id");
    this.merchantId = input.merchantId;
    this.livemode = input.livemode;
    this.actor = input.actor;
    this.requestId = input.requestId;
    this.locale = input.locale ?? "en";
    this.clock = input.clock ?? systemClock;
    this.#input = input;
    this.#joined = joined;
  }

  get isInTransaction(): boolean {
    return this.#joined !== undefined;
  }

  get now(): Date {
    return this.clock.now();
  }

  with(change: Partial<Pick<ContextInput, "livemode" | "actor" | "locale">>): Context {
    return new TenantContext({ ...this.#input, ...change }, this.#joined);
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#joined) return work(this.#joined);
    const afterCommit: (() => void)[] = [];
    const result = await (this.#input.db ?? appDatabase()).transaction(async (db) => {
      // Sent without waiting: it travels with the first query. Should it fail, so does every query after it.
      db.execute(sql.raw(`set local app.merchant_id = '${this.merchantId}'`)).then(undefined, () => {});
      const now = this.now;
      const tx: Tx = {
        db: db as unknown as DrizzleTransaction,
        merchantId: this.merchantId,
        livemode: this.livemode,
        now,
        ctx: undefined as unknown as Context,
        afterCommit: (later) => afterCommit.push(later),
      };
      const inside = new TenantContext(this.#input, tx);
      Object.assign(tx, { ctx: inside });
      return work(tx);
    });
    for (const later of afterCommit) {
      try {
        later();
      } catch (error) {
        log.error({ err: error }, "after-commit work failed");
      }
    }
    return result;
  }
}

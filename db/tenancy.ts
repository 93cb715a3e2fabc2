import type { PgTransaction } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { Clock } from "#lib/kernel/clock";
import { shiftedClock, systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import { isMerchantId } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { log } from "#lib/kernel/log";
import { connect, type Database, sessionOf } from "./client.ts";

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
  /**
   * Takes a statement whose answer nobody needs. It travels with the next one or with the commit, so that it costs no
   * round trip of its own; should it fail, the whole transaction does.
   */
  send(statement: PromiseLike<unknown>): void;
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
  /** How far `now` is from the real time: 0 in live mode, and until the merchant moves test mode's clock. */
  readonly testOffsetMs: number;
  /** What the world outside calls now: signatures are made and checked by it, and so is what a provider says. */
  readonly realNow: Date;
  /** Whether `transaction` joins: then the caller holds a connection, and must not wait for one that somebody else needs. */
  readonly isInTransaction: boolean;
  /**
   * Opens a transaction that sees this merchant's rows only, or joins the one that this context already lives in.
   * No network call may happen inside.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same caller in the other world, or as somebody else. */
  with(change: Partial<Pick<ContextInput, "livemode" | "actor" | "locale" | "testOffsetMs">>): Context;
}

export interface ContextInput {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly actor: Actor;
  readonly requestId: string;
  readonly locale?: Locale;
  readonly clock?: Clock;
  /** Where the merchant has put the clock of test mode, from the clock's own time; of no effect in live mode. */
  readonly testOffsetMs?: number;
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
  readonly testOffsetMs: number;
  readonly #input: ContextInput;
  readonly #joined: Tx | undefined;

  constructor(input: ContextInput, joined: Tx | undefined) {
    if (!isMerchantId(input.merchantId)) throw new RangeError("not a merchant id");
    this.merchantId = input.merchantId;
    this.livemode = input.livemode;
    this.actor = input.actor;
    this.requestId = input.requestId;
    this.locale = input.locale ?? "en";
    // Here and nowhere else, so that no caller can move the time of live mode.
    this.testOffsetMs = input.livemode ? 0 : (input.testOffsetMs ?? 0);
    this.clock = shiftedClock(input.clock ?? systemClock, this.testOffsetMs);
    this.#input = input;
    this.#joined = joined;
  }

  get isInTransaction(): boolean {
    return this.#joined !== undefined;
  }

  get now(): Date {
    return this.clock.now();
  }

  get realNow(): Date {
    return (this.#input.clock ?? systemClock).now();
  }

  with(change: Partial<Pick<ContextInput, "livemode" | "actor" | "locale" | "testOffsetMs">>): Context {
    return new TenantContext({ ...this.#input, ...change }, this.#joined);
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#joined) return work(this.#joined);
    const afterCommit: (() => void)[] = [];
    const sent: Promise<unknown>[] = [];
    const committing = (this.#input.db ?? appDatabase()).transaction(async (db) => {
      // Not waited for: it travels with the first query. Should it fail, so does every query after it.
      sessionOf(db)
        .unsafe(`set local app.merchant_id = '${this.merchantId}'`)
        .execute()
        .then(undefined, () => {});
      const now = this.now;
      const tx: Tx = {
        db: db as unknown as DrizzleTransaction,
        merchantId: this.merchantId,
        livemode: this.livemode,
        now,
        ctx: undefined as unknown as Context,
        send: (statement) => sent.push(settledLater(statement)),
        afterCommit: (later) => afterCommit.push(later),
      };
      const inside = new TenantContext(this.#input, tx);
      Object.assign(tx, { ctx: inside });
      return work(tx);
    });
    const result = await committing.catch((error: unknown) => throwFirst(error, sent));
    // A statement that failed has turned the commit into a rollback, which the server does not call an error.
    await Promise.all(sent);
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

/** Its failure is looked at when the transaction ends; until then it is nobody's unhandled rejection. */
function settledLater(statement: PromiseLike<unknown>): Promise<unknown> {
  const promise = Promise.resolve(statement);
  promise.catch(() => {});
  return promise;
}

/** The failure of an earlier statement explains a later one's "current transaction is aborted". */
async function throwFirst(error: unknown, sent: readonly Promise<unknown>[]): Promise<never> {
  for (const one of await Promise.allSettled(sent)) {
    if (one.status === "rejected" && !isAborted(one.reason) && isAborted(error)) throw one.reason;
  }
  throw error;
}

function isAborted(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return code === "25P02" || cause?.code === "25P02";
}

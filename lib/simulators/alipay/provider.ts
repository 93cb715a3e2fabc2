import type { SimulatorDb } from "#db/simulator-client";
import type { Clock } from "#lib/kernel/clock";
import type { Account, Accounts } from "./accounts.ts";
import type { Fields } from "./sign.ts";

/** What every part of the simulated provider works with. */
export interface Provider {
  readonly db: SimulatorDb;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly accounts: Accounts;
}

/** A transaction, or the pool itself. */
export type Executor = Pick<SimulatorDb, "select" | "insert" | "update" | "delete" | "execute">;

/** A request that came through the gateway: the app is known and its signature is right. */
export interface Call {
  readonly account: Account;
  /** The common parameters: notify_url, return_url … */
  readonly common: Fields;
  readonly charset: string;
  /** biz_content, parsed. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** Where this request came in, up to and without `/gateway.do`. */
  readonly gatewayUrl: string;
}

import { type Executor, withPersonAudit } from "./people.ts";
import type { Realm } from "./sign-in.ts";
import type { Visitor } from "./visitor.ts";

/** Somebody's own account, of either realm: whose it is, who is at the browser, and where a deed is written down. */
export interface Account {
  readonly realm: Realm;
  readonly id: string;
  readonly visitor: Visitor;
  /**
   * Does it and writes it down in one transaction.
   *
   * @param change what a reader of the log needs, never a secret
   */
  record<T>(verb: string, deed: (db: Executor) => Promise<T>, change?: Record<string, unknown>): Promise<T>;
}

/** Of a merchant's person: every merchant of the person reads of it. */
export function userAccount(visitor: Visitor, userId: string): Account {
  return {
    realm: "merchant",
    id: userId,
    visitor,
    record: (verb, deed, change) => withPersonAudit({ id: userId, by: visitor }, verb, deed, change),
  };
}

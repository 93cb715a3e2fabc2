import type { SimulatorDb } from "#db/simulator-client";
import { invalidRequest } from "./errors.ts";
import { type Account, accountByKey } from "./store.ts";

export interface Caller {
  readonly account: Account;
  readonly isPublishable: boolean;
}

/**
 * Finds the account by `Authorization: Bearer <key>`, HTTP basic with the key as user, or (from browsers) a `key` field.
 * Accounts never change their keys, so found ones are remembered.
 */
export function authenticator(db: SimulatorDb) {
  const known = new Map<string, Account>();

  return async function authenticate(header: string | undefined, keyField: string | undefined): Promise<Caller> {
    const key = keyOf(header) ?? keyField;
    if (!key) {
      throw invalidRequest(
        "You did not provide an API key. Send it in the Authorization header, using Bearer auth.",
        {},
        401,
      );
    }
    const account = known.get(key) ?? (await accountByKey(db, key));
    if (!account) throw invalidRequest(`Invalid API Key provided: ${masked(key)}`, {}, 401);
    known.set(key, account);
    return { account, isPublishable: key === account.publishableKey };
  };
}

function keyOf(header: string | undefined): string | undefined {
  const [scheme = "", value = ""] = (header ?? "").split(" ");
  if (/^bearer$/i.test(scheme)) return value || undefined;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, "base64").toString("utf8").split(":")[0] || undefined;
  return undefined;
}

function masked(key: string): string {
  return key.length < 12 ? "****" : `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}`;
}

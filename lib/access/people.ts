import { sql } from "drizzle-orm";
import type { Database } from "#db/client";
import { appDatabase, openContext, type Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import type { Realm } from "./sign-in.ts";
import type { Visitor } from "./visitor.ts";

/** A database handle or an open transaction. */
export type Executor = Pick<Database, "execute">;

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string;
  /** Sealed. */
  readonly totp_secret: string | null;
  readonly totp_on: boolean;
  /** Those not used yet. */
  readonly recovery_codes: number;
}

export type PersonRow = Row & { readonly realm: Realm };

/** @returns undefined also for an operator who has left */
export async function loadPerson(
  { realm, id }: { readonly realm: Realm; readonly id: string },
  db: Executor = appDatabase(),
): Promise<PersonRow | undefined> {
  const [row] = await db.execute<Row>(sql`select * from internal.person(${realm}, ${id})`);
  return row && { ...row, realm };
}

export function loadUser(userId: string, db: Executor = appDatabase()): Promise<PersonRow | undefined> {
  return loadPerson({ realm: "merchant", id: userId }, db);
}

export async function findUserByEmail(
  email: string,
  db: Executor = appDatabase(),
): Promise<{ id: string; email: string; name: string } | undefined> {
  const [row] = await db.execute<{ id: string; email: string; name: string }>(
    sql`select id, email, name from internal.sign_in_user(${email})`,
  );
  return row;
}

/**
 * Does something to a person's account and writes it into the activity log of every merchant the person belongs to:
 * each of them has an interest in how its people sign in. The deed commits with the first entry.
 *
 * @param change what a reader of the log needs, never a secret
 */
export async function withPersonAudit<T>(
  person: { readonly id: string; readonly by?: Visitor; readonly isBySystem?: boolean },
  verb: string,
  deed: (db: Executor) => Promise<T>,
  change?: Record<string, unknown>,
): Promise<T> {
  const merchants = await appDatabase().execute<{ merchant_id: string }>(
    sql`select merchant_id from internal.memberships_of(${person.id})`,
  );
  const [first, ...others] = merchants.map(({ merchant_id }) =>
    openContext({
      merchantId: merchant_id,
      livemode: false,
      requestId: person.by?.requestId ?? "",
      actor: {
        ...(person.isBySystem ? { type: "system", id: verb } : { type: "user", id: person.id }),
        ...(person.by?.ip && { ip: person.by.ip }),
      },
    }),
  );
  if (!first) return appDatabase().transaction((db) => deed(db));
  const record = (tx: Tx) => recordAudit(tx, verb, person.id, change);
  const result = await first.transaction(async (tx) => {
    await record(tx);
    return deed(tx.db);
  });
  for (const ctx of others) await ctx.transaction(record);
  return result;
}

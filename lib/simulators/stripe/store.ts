import { and, asc, eq, inArray, or } from "drizzle-orm";
import { stripeAccounts, stripeObjects } from "#db/schema/sim-stripe";
import type { SimulatorDb } from "#db/simulator-client";
import type { Body, Kind, Kinds, Stored } from "./wire.ts";

export type Tx = Parameters<Parameters<SimulatorDb["transaction"]>[0]>[0];
export type Reader = SimulatorDb | Tx;

/** What never changes of an account, and so may be cached. */
export interface Account {
  readonly id: string;
  readonly label: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
}

const accountFields = {
  id: stripeAccounts.id,
  label: stripeAccounts.label,
  secretKey: stripeAccounts.secretKey,
  publishableKey: stripeAccounts.publishableKey,
  webhookSecret: stripeAccounts.webhookSecret,
};

export async function accountByKey(db: Reader, key: string): Promise<Account | undefined> {
  const [account] = await db
    .select(accountFields)
    .from(stripeAccounts)
    .where(or(eq(stripeAccounts.secretKey, key), eq(stripeAccounts.publishableKey, key)));
  return account;
}

export async function accountById(db: Reader, id: string): Promise<Account | undefined> {
  const [account] = await db.select(accountFields).from(stripeAccounts).where(eq(stripeAccounts.id, id));
  return account;
}

function stored<K extends Kind>(row: { body: unknown; hidden: unknown }): Stored<K> {
  return { body: row.body as Body<K>, hidden: row.hidden as Kinds[K]["hidden"] };
}

const fields = { body: stripeObjects.body, hidden: stripeObjects.hidden };

export async function findObject<K extends Kind>(
  db: Reader,
  accountId: string,
  kind: K,
  id: string,
): Promise<Stored<K> | undefined> {
  const [row] = await db
    .select(fields)
    .from(stripeObjects)
    .where(ofKind(accountId, kind, id));
  return row && stored<K>(row);
}

/** Every change of a payment takes this lock on its intent first, so that two changes never overlap. */
export async function lockObject<K extends Kind>(
  tx: Tx,
  accountId: string,
  kind: K,
  id: string,
): Promise<Stored<K> | undefined> {
  const [row] = await tx
    .select(fields)
    .from(stripeObjects)
    .where(ofKind(accountId, kind, id))
    .for("update");
  return row && stored<K>(row);
}

function ofKind(accountId: string, kind: Kind, id: string) {
  return and(eq(stripeObjects.id, id), eq(stripeObjects.accountId, accountId), eq(stripeObjects.object, kind));
}

/** Charges, refunds or disputes of one payment, oldest first. */
export async function objectsOfIntent<K extends Kind>(db: Reader, kind: K, intentId: string): Promise<Stored<K>[]> {
  const rows = await db
    .select(fields)
    .from(stripeObjects)
    .where(and(eq(stripeObjects.paymentIntentId, intentId), eq(stripeObjects.object, kind)))
    .orderBy(asc(stripeObjects.seq));
  return rows.map((row) => stored<K>(row));
}

/** Any objects by id, for `expand`. */
export async function objectsById(db: Reader, accountId: string, ids: string[]): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: stripeObjects.id, body: stripeObjects.body })
    .from(stripeObjects)
    .where(and(inArray(stripeObjects.id, ids), eq(stripeObjects.accountId, accountId)));
  return new Map(rows.map((row) => [row.id, row.body]));
}

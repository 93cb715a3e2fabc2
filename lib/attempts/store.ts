import { and, asc, eq, sql } from "drizzle-orm";
import { attempts, orders } from "#db/schema/orders";
import { rowOf, statement, updateStatement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { Order } from "#lib/orders/order-json";
import type { Attempt } from "./attempt-json.ts";

interface Own extends Record<string, unknown> {
  readonly merchantId: string;
  readonly id: string;
  readonly livemode: boolean;
}

function own({ merchantId, livemode }: Tx, id: string): Own {
  return { merchantId, id, livemode };
}

function isOwn(value: Own) {
  return and(
    eq(attempts.merchantId, value.merchantId),
    eq(attempts.id, value.id),
    eq(attempts.livemode, value.livemode),
  );
}

const selectAttempt = statement((db, value: Own) => db.select().from(attempts).where(isOwn(value)));
const selectAttemptForUpdate = statement((db, value: Own) =>
  db.select().from(attempts).where(isOwn(value)).for("update"),
);
const selectAttemptsOfOrder = statement((db, value: { merchantId: string; orderId: string }) =>
  db
    .select()
    .from(attempts)
    .where(and(eq(attempts.merchantId, value.merchantId), eq(attempts.orderId, value.orderId)))
    .orderBy(asc(attempts.id)),
);

/** @throws NotFound */
export async function getAttempt(tx: Tx, id: string): Promise<Attempt> {
  const [attempt] = await selectAttempt(tx, own(tx, id));
  if (!attempt) throw new NotFound("attempt");
  return attempt;
}

const selectOrderOfAttemptForUpdate = statement((db, value: Own) =>
  db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, value.merchantId),
        eq(orders.livemode, value.livemode),
        eq(orders.id, db.select({ id: attempts.orderId }).from(attempts).where(isOwn(value))),
      ),
    )
    .for("update"),
);

/** Locks the order, then the attempt: always in this order, so that no two callers wait for each other. @throws NotFound */
export async function lockAttempt(tx: Tx, id: string): Promise<{ order: Order; attempt: Attempt }> {
  const key = own(tx, id);
  const [[order], [attempt]] = await Promise.all([
    selectOrderOfAttemptForUpdate(tx, key),
    selectAttemptForUpdate(tx, key),
  ]);
  if (!order || !attempt) throw new NotFound("attempt");
  return { order, attempt };
}

export async function attemptsOf(tx: Tx, orderId: string): Promise<Attempt[]> {
  return selectAttemptsOfOrder(tx, { merchantId: tx.merchantId, orderId });
}

export type AttemptChange = Partial<
  Pick<
    Attempt,
    | "status"
    | "action"
    | "providerReference"
    | "declineReason"
    | "providerCode"
    | "details"
    | "amountReceived"
    | "amountRefundReserved"
    | "fee"
    | "disposition"
    | "pendingOperation"
    | "operationAmount"
    | "queryCount"
    | "nextQueryAt"
    | "alert"
    | "succeededAt"
  >
>;

const changeAttempt = updateStatement(attempts, ["merchantId", "id", "livemode", "status"]);

/** Writes a change of a locked attempt. */
export async function updateAttempt(tx: Tx, attempt: Attempt, change: AttemptChange): Promise<Attempt> {
  const { status } = attempt;
  const [updated] = await changeAttempt(tx, { ...own(tx, attempt.id), status }, { ...change, updatedAt: tx.now });
  if (!updated) throw new Error(`attempt ${attempt.id} changed under its lock`);
  return updated;
}

export const insertAttempt = statement((db, value: Attempt) => db.insert(attempts).values(rowOf(attempts, value)));

export async function reserveOnAttempt(tx: Tx, attemptId: string, amount: bigint): Promise<void> {
  await tx.db
    .update(attempts)
    .set({ amountRefundReserved: sql`${attempts.amountRefundReserved} + ${amount}`, updatedAt: tx.now })
    .where(isOwn(own(tx, attemptId)));
}

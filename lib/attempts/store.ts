import { and, asc, eq, sql } from "drizzle-orm";
import { attempts } from "#db/schema/orders";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { Order } from "#lib/orders/order-json";
import { lockOrder } from "#lib/orders/store";
import type { Attempt } from "./attempt-json.ts";

function own(tx: Tx, id: string) {
  return and(eq(attempts.merchantId, tx.merchantId), eq(attempts.id, id), eq(attempts.livemode, tx.livemode));
}

/** @throws NotFound */
export async function getAttempt(tx: Tx, id: string): Promise<Attempt> {
  const [attempt] = await tx.db.select().from(attempts).where(own(tx, id));
  if (!attempt) throw new NotFound("attempt");
  return attempt;
}

/** Locks the order, then the attempt: always in this order, so that no two callers wait for each other. @throws NotFound */
export async function lockAttempt(tx: Tx, id: string): Promise<{ order: Order; attempt: Attempt }> {
  const { orderId } = await getAttempt(tx, id);
  const [order, [attempt]] = await Promise.all([
    lockOrder(tx, orderId),
    tx.db.select().from(attempts).where(own(tx, id)).for("update"),
  ]);
  if (!attempt) throw new NotFound("attempt");
  return { order, attempt };
}

export async function attemptsOf(tx: Tx, orderId: string): Promise<Attempt[]> {
  return tx.db
    .select()
    .from(attempts)
    .where(and(eq(attempts.merchantId, tx.merchantId), eq(attempts.orderId, orderId)))
    .orderBy(asc(attempts.id));
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

/** Writes a change of a locked attempt. */
export async function updateAttempt(tx: Tx, attempt: Attempt, change: AttemptChange): Promise<Attempt> {
  const [updated] = await tx.db
    .update(attempts)
    .set({ ...change, updatedAt: tx.now })
    .where(and(own(tx, attempt.id), eq(attempts.status, attempt.status)))
    .returning();
  if (!updated) throw new Error(`attempt ${attempt.id} changed under its lock`);
  return updated;
}

export async function reserveOnAttempt(tx: Tx, attemptId: string, amount: bigint): Promise<void> {
  await tx.db
    .update(attempts)
    .set({ amountRefundReserved: sql`${attempts.amountRefundReserved} + ${amount}`, updatedAt: tx.now })
    .where(own(tx, attemptId));
}

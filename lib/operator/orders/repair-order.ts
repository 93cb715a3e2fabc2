import { closeAtChannel } from "#lib/attempts/close-attempt";
import { queryAttempt } from "#lib/attempts/query-attempt";
import { attemptsOf } from "#lib/attempts/store";
import { AppError } from "#lib/kernel/errors";
import { getOrder } from "#lib/orders/store";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt } from "../record.ts";
import { worldOf } from "./read-order.ts";

export interface Asked {
  readonly attempt: string;
  readonly before: string;
  readonly after: string;
  /** Code of the error when the channel gave no usable answer. */
  readonly error?: string;
}

const mostAsked = 10;

/**
 * Asks the channels what became of each payment of an order, the latest first, and makes their answers true: finds a
 * payment whose notification was lost. Harmless at any time and any number.
 *
 * @throws NotFound, AppError no_attempt
 */
export async function repairOrder(octx: OperatorContext, orderId: string): Promise<readonly Asked[]> {
  const ctx = await worldOf(octx, orderId);
  const { order, attempts } = await ctx.transaction(async (tx) => {
    await recordDeedAt(octx, tx, { verb: "order.repair", objectId: orderId });
    return { order: await getOrder(tx, orderId), attempts: await attemptsOf(tx, orderId) };
  });
  if (attempts.length === 0) throw new AppError("conflict", "no_attempt");
  const isOver = order.status === "closed" || order.status === "expired";
  const asked: Asked[] = [];
  for (const attempt of attempts.slice(-mostAsked).reverse()) {
    const ask = isOver && attempt.status === "requires_action" ? closeAtChannel : queryAttempt;
    try {
      await ask(ctx, attempt.id);
      const [now] = (await ctx.transaction((tx) => attemptsOf(tx, orderId))).filter(({ id }) => id === attempt.id);
      asked.push({ attempt: attempt.id, before: attempt.status, after: now?.status ?? attempt.status });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      asked.push({ attempt: attempt.id, before: attempt.status, after: attempt.status, error: error.code });
    }
  }
  return asked;
}

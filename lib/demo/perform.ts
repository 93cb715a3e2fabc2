import { setTimeout as pause } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { orders } from "#db/schema/orders";
import type { Context } from "#db/tenancy";
import { captureOrder } from "#lib/attempts/capture-order";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { startAttempt } from "#lib/attempts/start-attempt";
import { voidOrder } from "#lib/attempts/void-order";
import { log } from "#lib/kernel/log";
import { closeOrder } from "#lib/orders/close-order";
import { createOrder } from "#lib/orders/create-order";
import { expireOrder } from "#lib/orders/expire-order";
import type { Order } from "#lib/orders/order-json";
import { createRefund } from "#lib/refunds/create-refund";
import { refundsOf } from "#lib/refunds/store";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { sandbox } from "#lib/sandbox/simulators";
import type { ShopperAct } from "#lib/simulators/simulator";
import type { Deed, Step } from "./plan.ts";

/** Those who do what the plan says. */
export interface Cast {
  /** The merchant's own server. */
  readonly server: Context;
  /** A colleague in the dashboard. */
  readonly clerk: Context;
  shopper(orderId: string): Context;
  /** Does the jobs that were queued; where a worker runs, nothing. */
  work(): Promise<void>;
}

export const shopperIp = "203.0.113.24";
const mostRounds = 200;
const roundMs = 15;

/** Carries out one step with the verbs that everybody uses, and waits until what follows from it has happened. */
export async function perform(cast: Cast, { number, what }: Step): Promise<void> {
  if (what.deed === "open") {
    await createOrder(cast.server, what.input);
    return;
  }
  const order = await orderNumbered(cast.server, number);
  if (!order) return;
  const { id } = order;
  const shopper = cast.shopper(id);
  switch (what.deed) {
    case "choose":
      return choose(shopper, id, what);
    case "pay":
      // A card without 3-D Secure is paid by now.
      if (order.status !== "pending" && order.status !== "processing") return;
      await actAtWallet(shopper, id, { act: "pay" });
      return settle(cast, async () => !isOpen(await orderNumbered(cast.server, number)));
    case "decline":
      // The wallet says so to its shopper and to nobody else.
      await actAtWallet(shopper, id, { act: "fail", reason: what.reason });
      return;
    case "pay_late":
      if (!isOpen(order)) return;
      await actAtWallet(shopper, id, { act: "pay" });
      await closeOrder(cast.server, id);
      return settle(cast, async () => (await refundCount(cast.server, id)) > 0);
    case "expire":
      await expireOrder(cast.server, id);
      return;
    case "capture":
      await captureOrder(cast.clerk, id, what.amount);
      return settle(cast, async () => (await orderNumbered(cast.server, number))?.status !== "authorized");
    case "void":
      await voidOrder(cast.clerk, id);
      return;
    case "refund": {
      const { amount, reason } = what;
      const merchant_refund_no = `${number}-R${(await refundCount(cast.server, id)) + 1}`;
      // Not waited for: a wallet takes its time for a refund, and its word arrives hours later by the demo's clock.
      await createRefund(cast.clerk, {
        order: id,
        merchant_refund_no,
        reason,
        ...(amount !== undefined && { amount }),
      });
      await cast.work();
      return;
    }
  }
}

async function choose(ctx: Context, orderId: string, what: Extract<Deed, { deed: "choose" }>): Promise<void> {
  const { method, userAgent, token } = what;
  const surroundings = surroundingsOf(userAgent);
  const input = { orderId, method, surroundings, ip: shopperIp, userAgent, ...(token && { token }) };
  const { attempt } = await startAttempt(ctx, input);
  const { action } = attempt;
  // Some wallets make the payment only when their page is opened.
  if (action?.type === "redirect") await fetch(String(action.url), { headers: { "user-agent": userAgent } });
}

/** A run that was killed may have got as far as this, and the wallet refuses to be paid twice. */
async function actAtWallet(ctx: Context, orderId: string, act: ShopperAct): Promise<void> {
  try {
    await actOnOrder(ctx, orderId, act);
  } catch (error) {
    log.info({ order: orderId, act: act.act, err: error }, "demo data: the wallet has nothing to do any more");
  }
}

/** Lets the providers send what they have to, until it has arrived. */
async function settle(cast: Cast, isDone: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    if (await isDone()) return;
    await cast.work();
    await sandbox().runDue();
    if (await isDone()) return;
    await pause(roundMs);
  }
  log.warn({ merchant: cast.server.merchantId }, "demo data: what a provider had to say did not arrive in time");
}

function orderNumbered(ctx: Context, number: string): Promise<Order | undefined> {
  return ctx.transaction(async (tx) => {
    const [order] = await tx.db
      .select()
      .from(orders)
      .where(
        and(eq(orders.merchantId, tx.merchantId), eq(orders.livemode, tx.livemode), eq(orders.merchantOrderNo, number)),
      );
    return order;
  });
}

function isOpen(order: Order | undefined): boolean {
  return order?.status === "pending" || order?.status === "processing";
}

async function refundCount(ctx: Context, orderId: string): Promise<number> {
  return (await ctx.transaction((tx) => refundsOf(tx, orderId))).length;
}

import { and, eq, lte, sql } from "drizzle-orm";
import { alipayRefunds } from "#db/schema/sim-alipay";
import type { Account } from "./accounts.ts";
import { type FaultRow, listFaults } from "./faults.ts";
import { enqueueNotification } from "./notifications.ts";
import type { Executor, Provider } from "./provider.ts";
import type { Trade } from "./trade-state.ts";
import { lockTrade, updateTrade } from "./trades.ts";

export type Refund = typeof alipayRefunds.$inferSelect;

export async function listRefunds(db: Executor, trade: Pick<Trade, "appId" | "outTradeNo">): Promise<Refund[]> {
  return db
    .select()
    .from(alipayRefunds)
    .where(and(eq(alipayRefunds.appId, trade.appId), eq(alipayRefunds.outTradeNo, trade.outTradeNo)));
}

export async function insertRefund(db: Executor, refund: typeof alipayRefunds.$inferInsert): Promise<void> {
  await db.insert(alipayRefunds).values(refund);
}

/**
 * The money has gone back: the trade carries it, closes once nothing is left, and the merchant of a page or wap trade is
 * told. Face-to-face and JSAPI trades refund in silence.
 */
export async function applyRefund(
  db: Executor,
  account: Account,
  trade: Trade,
  refund: { outRequestNo: string; amount: bigint },
  options: { now: Date; faults: readonly FaultRow[]; cancelAction?: string },
): Promise<Trade> {
  const { now, faults, cancelAction } = options;
  const refundedAmount = trade.refundedAmount + refund.amount;
  const isWhole = refundedAmount === trade.paidAmount;
  const refunded = await updateTrade(db, trade, {
    refundedAmount,
    ...(isWhole ? { status: "TRADE_CLOSED", closedAt: now } : {}),
    ...(cancelAction ? { cancelAction } : {}),
  });
  if (trade.kind === "page" || trade.kind === "wap") {
    await enqueueNotification(db, account, refunded, {
      now,
      refund: { outRequestNo: refund.outRequestNo, at: now },
      faults,
    });
  }
  return refunded;
}

/** Lets the slow refunds succeed whose time has come. Returns how many. */
export async function refundDue(provider: Provider): Promise<number> {
  const now = provider.clock.now();
  const due = await provider.db.select().from(alipayRefunds).where(lte(alipayRefunds.settleAt, now)).limit(200);
  for (const refund of due) {
    const account = await provider.accounts.require({ app_id: refund.appId });
    await provider.db.transaction(async (tx) => {
      // The trade first, as every other refund does it, so that two never wait for each other.
      const trade = await lockTrade(tx, refund);
      const [settled] = await tx
        .update(alipayRefunds)
        .set({ status: "REFUND_SUCCESS", refundedAt: sql`${alipayRefunds.settleAt}`, settleAt: null })
        .where(
          and(
            eq(alipayRefunds.appId, refund.appId),
            eq(alipayRefunds.outTradeNo, refund.outTradeNo),
            eq(alipayRefunds.outRequestNo, refund.outRequestNo),
            eq(alipayRefunds.status, "PROCESSING"),
          ),
        )
        .returning();
      if (!trade || !settled?.refundedAt) return;
      const faults = await listFaults(tx, refund.appId);
      await applyRefund(tx, account, trade, settled, { now: settled.refundedAt, faults });
    });
  }
  return due.length;
}

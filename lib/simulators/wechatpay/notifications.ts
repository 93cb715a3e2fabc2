import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { wechatpayNotifications } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import type { TakenFaults } from "./faults.ts";

export type NotificationRow = typeof wechatpayNotifications.$inferSelect;

export interface NewNotification {
  readonly mchid: string;
  readonly outTradeNo: string;
  readonly reference: string;
  readonly eventType: "TRANSACTION.SUCCESS" | "REFUND.SUCCESS" | "REFUND.ABNORMAL" | "REFUND.CLOSED";
  readonly notifyUrl: string;
  readonly resource: Record<string, unknown>;
}

/** Records a notification that is due at once, unless a fault loses it or holds it back. */
export async function enqueueNotification(
  tx: SimulatorDb,
  notification: NewNotification,
  faults: TakenFaults,
  now: Date,
): Promise<void> {
  const id = randomUUID();
  const lost = faults.has("lose_notification");
  const reorder = faults.get("reorder_notifications");
  // The count was even before the first of a pair was taken.
  const held = !lost && reorder !== undefined && (reorder.remaining ?? 0) % 2 === 1;
  await tx.insert(wechatpayNotifications).values({
    id,
    ...notification,
    resource: JSON.stringify(notification.resource),
    createdAt: now,
    nextAt: lost || held ? null : now,
    repeats: faults.get("repeat_notification")?.times ?? 0,
    held,
  });
  if (reorder && !held) {
    await tx
      .update(wechatpayNotifications)
      .set({ behindId: id })
      .where(and(waiting(notification.mchid), isNull(wechatpayNotifications.behindId)));
  }
}

/** Lets go what an earlier set of faults still holds back. */
export async function releaseHeld(db: SimulatorDb, mchid: string, now: Date): Promise<void> {
  await db.update(wechatpayNotifications).set({ held: false, nextAt: now }).where(waiting(mchid));
}

function waiting(mchid: string) {
  return and(eq(wechatpayNotifications.mchid, mchid), eq(wechatpayNotifications.held, true));
}

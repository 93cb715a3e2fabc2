import { and, eq, gt, type SQLWrapper, sql } from "drizzle-orm";
import { alipayFaults, alipayNotifications } from "#db/schema/sim-alipay";
import { type Account, randomDigits } from "./accounts.ts";
import { beijingDate, beijingTime, beijingTimeMs } from "./beijing.ts";
import { buyer } from "./buyer.ts";
import { type FaultRow, faultFor, spend, spendAll } from "./faults.ts";
import type { Executor } from "./provider.ts";
import { statusAt, type Trade } from "./trade-state.ts";
import { yuan } from "./yuan.ts";

export interface RefundEvent {
  readonly outRequestNo: string;
  readonly at: Date;
}

/** The fields of a trade_status_sync, without those of the single sending. Empty ones are left out. */
export function notificationFields(
  account: Account,
  trade: Trade,
  now: Date,
  refund?: RefundEvent,
): Record<string, string> {
  const paid = yuan(trade.paidAmount ?? trade.amount);
  const fields: Record<string, string | null> = {
    notify_type: "trade_status_sync",
    app_id: account.appId,
    auth_app_id: account.appId,
    charset: trade.charset,
    version: "1.0",
    sign_type: "RSA2",
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    out_biz_no: refund?.outRequestNo ?? null,
    buyer_id: buyer.userId,
    buyer_open_id: buyer.openId,
    buyer_logon_id: buyer.logonId,
    seller_id: account.sellerId,
    trade_status: statusAt(trade, now),
    total_amount: paid,
    receipt_amount: paid,
    invoice_amount: paid,
    buyer_pay_amount: paid,
    point_amount: "0.00",
    refund_fee: refund ? yuan(trade.refundedAmount) : null,
    subject: trade.subject,
    body: trade.body,
    gmt_create: trade.createdAt && beijingTime(trade.createdAt),
    gmt_payment: trade.paidAt && beijingTime(trade.paidAt),
    gmt_refund: refund ? beijingTimeMs(refund.at) : null,
    gmt_close: trade.closedAt && beijingTime(trade.closedAt),
    fund_bill_list: JSON.stringify([{ amount: paid, fundChannel: "ALIPAYACCOUNT" }]),
    passback_params: trade.passbackParams,
  };
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function newNotifyId(now: Date): string {
  const time = beijingTime(now).slice(11).replaceAll(":", "");
  return `${beijingDate(now).replaceAll("-", "")}00222${time}${randomDigits(15)}`;
}

type NotificationRow = typeof alipayNotifications.$inferInsert & { readonly notifyId: string };

/** The message about the trade as it goes into the table, or undefined when the merchant gave no notify_url. */
export function notificationRow(
  account: Account,
  trade: Trade,
  options: { now: Date; refund?: RefundEvent },
): NotificationRow | undefined {
  if (!trade.notifyUrl) return undefined;
  const { now, refund } = options;
  const notifyId = newNotifyId(now);
  return {
    notifyId,
    appId: trade.appId,
    outTradeNo: trade.outTradeNo,
    url: trade.notifyUrl,
    fields: { ...notificationFields(account, trade, now, refund), notify_id: notifyId },
    charset: trade.charset,
    createdAt: now,
    sends: 0,
    nextAt: now,
    isCorrupt: false,
    repeatsLeft: 0,
  };
}

/**
 * Runs `change`, an update with returning (Drizzle gives it parentheses), and inserts the row in the same statement when
 * it changed one. Returns whether it did.
 */
export async function insertNotificationIf(db: Executor, change: SQLWrapper, row: NotificationRow): Promise<boolean> {
  const at = row.createdAt.toISOString();
  const rows = await db.execute(sql`with changed as ${change}
    insert into ${alipayNotifications} (notify_id, app_id, out_trade_no, url, fields, charset, created_at, sends, next_at,
      is_corrupt, repeats_left)
    select ${row.notifyId}, ${row.appId}, ${row.outTradeNo}, ${row.url}, ${JSON.stringify(row.fields)}::jsonb,
      ${row.charset}, ${at}::timestamptz, 0, ${at}::timestamptz, false, 0 from changed
    returning notify_id`);
  return rows.length === 1;
}

/** Owes the merchant a message about the trade; `faults` are those of the app. */
export async function enqueueNotification(
  db: Executor,
  account: Account,
  trade: Trade,
  options: { now: Date; refund?: RefundEvent; faults: readonly FaultRow[] },
): Promise<void> {
  const row = notificationRow(account, trade, options);
  if (!row) return;
  const { refund, faults } = options;
  const match = { references: refund ? [trade.outTradeNo, refund.outRequestNo] : [trade.outTradeNo] };
  const isLost = await spend(db, faultFor(faults, "lose_notification", match));
  const isHeld = !isLost && (await holdBack(db, faultFor(faults, "reorder_notifications", match), row.notifyId));
  await db.insert(alipayNotifications).values({
    ...row,
    nextAt: isLost || isHeld ? null : row.nextAt,
    isCorrupt: await spend(db, faultFor(faults, "corrupt_notification", match)),
    repeatsLeft: await spendAll(db, faultFor(faults, "repeat_notification", match)),
  });
}

/**
 * The first notification under a reorder fault is held back (true); the second is told to release it once it has gone
 * out itself. One statement decides which is which, because two may come at the same moment.
 */
async function holdBack(db: Executor, fault: FaultRow | undefined, notifyId: string): Promise<boolean> {
  if (!fault) return false;
  const [used] = await db
    .update(alipayFaults)
    .set({
      remaining: sql`${alipayFaults.remaining} - 1`,
      heldNotifyId: sql`coalesce(${alipayFaults.heldNotifyId}, ${notifyId})`,
    })
    .where(and(eq(alipayFaults.id, fault.id), gt(alipayFaults.remaining, 0)))
    .returning({ heldNotifyId: alipayFaults.heldNotifyId });
  if (!used?.heldNotifyId) return false;
  if (used.heldNotifyId === notifyId) return true;
  await db.delete(alipayFaults).where(eq(alipayFaults.id, fault.id));
  await db
    .update(alipayNotifications)
    .set({ waitsFor: notifyId })
    .where(eq(alipayNotifications.notifyId, used.heldNotifyId));
  return false;
}

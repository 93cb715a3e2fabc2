import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { wechatpayNotifications } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import { log } from "#lib/kernel/log";
import type { Account } from "./accounts.ts";
import { signedHeaders } from "./answer.ts";
import { accountsToCorrupt, takeFaults } from "./faults.ts";
import type { NotificationRow } from "./notifications.ts";
import { encryptResource } from "./signature.ts";
import { rfc3339 } from "./wire-time.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits after the first, second, … failed send. @see APIv3 「支付成功回调通知」 */
const retryWaitsMs = [
  15 * second,
  15 * second,
  30 * second,
  3 * minute,
  10 * minute,
  20 * minute,
  30 * minute,
  30 * minute,
  30 * minute,
  hour,
  3 * hour,
  3 * hour,
  3 * hour,
  6 * hour,
  6 * hour,
];

const sendTimeoutMs = 5 * second;
/** A process that dies while it sends leaves its notifications to the others after this. */
const leaseMs = minute;
const batchSize = 100;
const maxBatches = 10;

const summaries: Record<string, string> = {
  "TRANSACTION.SUCCESS": "支付成功",
  "REFUND.SUCCESS": "退款成功",
  "REFUND.ABNORMAL": "退款异常",
  "REFUND.CLOSED": "退款关闭",
};

type FindAccount = (mchid: string) => Promise<Account | undefined>;

/** Sends what is due; safe to run in several processes and several times at once. */
export async function deliverDue(db: SimulatorDb, findAccount: FindAccount, now: Date): Promise<number> {
  let sent = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const claimed = await claimDue(db, now);
    if (claimed.length > 0) await deliverBatch(db, findAccount, claimed, now);
    sent += claimed.length;
    if (claimed.length < batchSize) break;
  }
  return sent;
}

async function deliverBatch(db: SimulatorDb, findAccount: FindAccount, batch: NotificationRow[], now: Date) {
  const corrupted = await accountsToCorrupt(db, [...new Set(batch.map((notification) => notification.mchid))]);
  const outcomes = await Promise.all(
    batch.map(async (notification) => {
      const account = await findAccount(notification.mchid);
      if (!account) throw new Error(`notification ${notification.id} belongs to no account`);
      const isCorrupt = corrupted.has(account.mchid) && (await isToBeCorrupt(db, notification));
      return { notification, accepted: await send(account, notification, isCorrupt, now) };
    }),
  );
  const finished = outcomes.filter(({ accepted, notification }) => accepted && notification.repeats === 0);
  await reschedule(db, finished, { nextAt: null });
  for (const { notification, accepted } of outcomes) {
    if (!accepted) await reschedule(db, [{ notification }], { nextAt: nextTry(notification, now) });
    else if (notification.repeats > 0) {
      await reschedule(db, [{ notification }], { nextAt: now, repeats: notification.repeats - 1 });
    }
  }
  const ids = batch.map((notification) => notification.id);
  await db
    .update(wechatpayNotifications)
    .set({ held: false, nextAt: now })
    .where(and(eq(wechatpayNotifications.held, true), inArray(wechatpayNotifications.behindId, ids)));
}

async function reschedule(
  db: SimulatorDb,
  rows: { notification: NotificationRow }[],
  change: { nextAt: Date | null; repeats?: number },
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ notification }) => notification.id);
  await db.update(wechatpayNotifications).set(change).where(inArray(wechatpayNotifications.id, ids));
}

async function isToBeCorrupt(db: SimulatorDb, notification: NotificationRow): Promise<boolean> {
  const references = [notification.reference, notification.outTradeNo];
  const faults = await takeFaults(db, { mchid: notification.mchid, kinds: ["corrupt_notification"], references });
  return faults.has("corrupt_notification");
}

function claimDue(db: SimulatorDb, now: Date): Promise<NotificationRow[]> {
  const due = db
    .select({ id: wechatpayNotifications.id })
    .from(wechatpayNotifications)
    .where(lte(wechatpayNotifications.nextAt, now))
    .orderBy(wechatpayNotifications.nextAt)
    .limit(batchSize)
    .for("update", { skipLocked: true });
  return db
    .update(wechatpayNotifications)
    .set({
      attempts: sql`${wechatpayNotifications.attempts} + 1`,
      nextAt: new Date(now.getTime() + leaseMs),
    })
    .where(inArray(wechatpayNotifications.id, due))
    .returning();
}

function nextTry(notification: NotificationRow, now: Date): Date | null {
  const wait = retryWaitsMs[notification.attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait);
}

/** @returns whether the merchant acknowledged it: 200 or 204 within five seconds */
async function send(account: Account, notification: NotificationRow, isCorrupt: boolean, now: Date): Promise<boolean> {
  const body = notificationBody(account, notification);
  const headers = await signedHeaders(account, account.platformPublicKeyId, isCorrupt ? `${body} ` : body, now);
  try {
    const response = await fetch(notification.notifyUrl, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", Accept: "*/*", "User-Agent": "Mozilla/4.0" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(sendTimeoutMs),
    });
    // What the merchant says besides the status does not matter, and may be long.
    await response.body?.cancel();
    return response.status === 200 || response.status === 204;
  } catch (error) {
    log.debug({ err: error, notification: notification.id }, "simulated notification was not delivered");
    return false;
  }
}

function notificationBody(account: Account, notification: NotificationRow): string {
  const originalType = notification.eventType === "TRANSACTION.SUCCESS" ? "transaction" : "refund";
  return JSON.stringify({
    id: notification.id,
    create_time: rfc3339(notification.createdAt),
    resource_type: "encrypt-resource",
    event_type: notification.eventType,
    summary: summaries[notification.eventType],
    resource: {
      original_type: originalType,
      ...encryptResource(notification.resource, account.apiv3Key, originalType),
    },
  });
}

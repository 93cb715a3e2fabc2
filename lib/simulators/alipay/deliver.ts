import { inArray, type SQL, sql } from "drizzle-orm";
import { alipayNotifications } from "#db/schema/sim-alipay";
import { log } from "#lib/kernel/log";
import { beijingTime } from "./beijing.ts";
import { formEncode } from "./charset.ts";
import type { Provider } from "./provider.ts";
import { notificationText, rsa2Sign } from "./sign.ts";

type Notification = typeof alipayNotifications.$inferSelect;

/** Seconds to the next try after the first, second … sending; eight in about 25 hours, then it is given up. */
const retryAfterSeconds = [240, 600, 600, 3_600, 7_200, 21_600, 54_000];

const answerTimeoutMs = 5_000;
const batchSize = 50;
const maxBatches = 40;

/** Sends what is due, until nothing is. Returns how many sendings that were. */
export async function deliverDue(provider: Provider): Promise<number> {
  let sent = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const claimed = await claimDue(provider);
    if (claimed.length === 0) break;
    const accepted = await Promise.all(claimed.map((notification) => send(provider, notification)));
    await settle(provider, claimed, accepted);
    sent += claimed.length;
  }
  return sent;
}

function afterThisSending(): SQL {
  const seconds = sql.raw(`(array[${retryAfterSeconds.join(",")}])[sends + 1]`);
  return sql`${seconds} * interval '1 second'`;
}

/** Claiming moves the row on to its retry, so that a process that dies while it sends leaves nothing stuck. */
async function claimDue(provider: Provider): Promise<Notification[]> {
  const now = provider.clock.now();
  const due = sql`(select notify_id from ${alipayNotifications} where next_at <= ${now.toISOString()}::timestamptz
    order by next_at limit ${batchSize} for update skip locked)`;
  return provider.db
    .update(alipayNotifications)
    .set({
      sends: sql`${alipayNotifications.sends} + 1`,
      nextAt: sql`${now.toISOString()}::timestamptz + ${afterThisSending()}`,
    })
    .where(sql`${alipayNotifications.notifyId} in ${due}`)
    .returning();
}

/** True when the merchant answered with exactly the seven characters `success` and status 200. */
async function send(provider: Provider, notification: Notification): Promise<boolean> {
  try {
    const response = await fetch(notification.url, {
      method: "POST",
      headers: { "content-type": `application/x-www-form-urlencoded; charset=${notification.charset}` },
      body: await formBody(provider, notification),
      redirect: "manual",
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    return (await response.text()) === "success" && response.status === 200;
  } catch (error) {
    log.debug({ err: error, notifyId: notification.notifyId }, "notification was not taken");
    return false;
  }
}

async function formBody(provider: Provider, notification: Notification): Promise<string> {
  const account = await provider.accounts.require({ app_id: notification.appId });
  const fields = { ...notification.fields, notify_time: beijingTime(provider.clock.now()) };
  const sign = await rsa2Sign(notificationText(fields), notification.charset, account.providerPrivateKey);
  const isWrong = notification.isCorrupt && notification.sends === 1;
  return formEncode({ ...fields, sign: isWrong ? corrupted(sign) : sign }, notification.charset);
}

/** Still base64 of the right length, and the signature of nothing. */
function corrupted(sign: string): string {
  const bytes = Buffer.from(sign, "base64");
  bytes[40] = (bytes[40] ?? 0) ^ 0xff;
  return bytes.toString("base64");
}

async function settle(provider: Provider, claimed: Notification[], accepted: boolean[]): Promise<void> {
  const now = provider.clock.now();
  const table = alipayNotifications;
  const taken = claimed.filter((_, position) => accepted[position]);
  const done = taken.filter((notification) => notification.repeatsLeft === 0).map((n) => n.notifyId);
  const again = taken.filter((notification) => notification.repeatsLeft > 0).map((n) => n.notifyId);
  if (done.length > 0) {
    await provider.db.update(table).set({ ackedAt: now, nextAt: null }).where(inArray(table.notifyId, done));
  }
  if (again.length > 0) {
    await provider.db
      .update(table)
      .set({ nextAt: now, repeatsLeft: sql`${table.repeatsLeft} - 1` })
      .where(inArray(table.notifyId, again));
  }
  await releaseHeld(provider, claimed, now);
}

/** Those that a reorder fault held back behind one that has now gone out. */
async function releaseHeld(provider: Provider, gone: Notification[], now: Date): Promise<void> {
  await provider.db
    .update(alipayNotifications)
    .set({ nextAt: now, waitsFor: null })
    .where(
      inArray(
        alipayNotifications.waitsFor,
        gone.map((n) => n.notifyId),
      ),
    );
}

import { createHmac } from "node:crypto";
import { asc, eq, inArray, lte, sql } from "drizzle-orm";
import { stripeAccounts, stripeEvents, stripeFaults } from "#db/schema/sim-stripe";
import type { SimulatorDb } from "#db/simulator-client";
import { takingFaults } from "./faults.ts";
import type { Tx } from "./store.ts";
import { seconds } from "./wire.ts";

const timeoutMs = 10_000;
/** After a crash between claim and answer the event is due again. */
const leaseMs = 60_000;
/** Test mode retries three times over a few hours, with exponential backoff. */
const retryAfterMs = [5, 35, 245].map((minutes) => minutes * 60_000);
const batchSize = 100;
const maxBatches = 20;

/** The events that say how a payment or refund went; faults leave their companions (charge.succeeded, …) alone. */
const faultable = new Set([
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "payment_intent.canceled",
  "payment_intent.amount_capturable_updated",
  "payment_intent.processing",
  "refund.created",
  "refund.updated",
  "refund.failed",
]);

interface Delivery {
  readonly id: string;
  readonly payload: string;
  readonly url: string;
  readonly secret: string;
  /** Counts this one. */
  readonly attempts: number;
  readonly repeats: number;
  readonly corrupt: boolean;
}

/** Sends what is due, in batches; returns how many were sent. */
export async function deliverEvents(db: SimulatorDb, now: Date): Promise<number> {
  let sent = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const deliveries = await db.transaction((tx) => claim(tx, now));
    if (deliveries === undefined) break;
    const accepted = await Promise.all(deliveries.map((delivery) => send(delivery, now)));
    await settle(db, deliveries, accepted, now);
    sent += deliveries.length;
  }
  return sent;
}

/** Undefined when nothing is due; empty when everything due is lost or held back. */
async function claim(tx: Tx, now: Date): Promise<Delivery[] | undefined> {
  const rows = await tx
    .select({
      id: stripeEvents.id,
      accountId: stripeEvents.accountId,
      type: stripeEvents.type,
      payload: stripeEvents.payload,
      references: stripeEvents.references,
      attempts: stripeEvents.attempts,
      repeats: stripeEvents.repeats,
    })
    .from(stripeEvents)
    .where(lte(stripeEvents.nextAt, now))
    .orderBy(asc(stripeEvents.nextAt), asc(stripeEvents.seq))
    .limit(batchSize)
    .for("update", { skipLocked: true });
  if (rows.length === 0) return undefined;
  const endpoints = await endpointsOf(tx, [...new Set(rows.map((row) => row.accountId))]);

  const deliveries: Delivery[] = [];
  const dropped: string[] = [];
  for (const row of rows) {
    const isFresh = row.attempts === 0 && faultable.has(row.type);
    const endpoint = endpoints.get(row.accountId);
    const mishap = isFresh && endpoint?.hasFaults ? await mishapOf(tx, row) : undefined;
    if (!endpoint?.url || mishap === "lost" || mishap === "held") dropped.push(row.id);
    else {
      const repeats = typeof mishap === "object" ? mishap.repeats : row.repeats;
      const { id, payload } = row;
      const { url, secret } = endpoint;
      deliveries.push({ id, payload, url, secret, attempts: row.attempts + 1, repeats, corrupt: mishap === "corrupt" });
    }
  }
  if (dropped.length > 0) await tx.update(stripeEvents).set({ nextAt: null }).where(inArray(stripeEvents.id, dropped));
  if (deliveries.length > 0) {
    await tx
      .update(stripeEvents)
      .set({ nextAt: new Date(now.getTime() + leaseMs), attempts: sql`${stripeEvents.attempts} + 1` })
      .where(inArray(stripeEvents.id, idsOf(deliveries)));
  }
  return deliveries;
}

async function endpointsOf(tx: Tx, accountIds: string[]) {
  const rows = await tx
    .select({
      id: stripeAccounts.id,
      url: stripeAccounts.webhookUrl,
      secret: stripeAccounts.webhookSecret,
      hasFaults: sql<boolean>`${stripeAccounts.id} in (
        select ${stripeFaults.accountId} from ${stripeFaults} where ${stripeFaults.remaining} is distinct from 0)`,
    })
    .from(stripeAccounts)
    .where(inArray(stripeAccounts.id, accountIds));
  return new Map(rows.map((row) => [row.id, row]));
}

type Mishap = "lost" | "held" | "corrupt" | { readonly repeats: number } | undefined;

async function mishapOf(tx: Tx, event: { id: string; accountId: string; references: string[] }): Promise<Mishap> {
  const fault = await takingFaults(tx, event.accountId)(
    ["lose_notification", "corrupt_notification", "reorder_notifications", "repeat_notification"],
    event.references,
  );
  switch (fault?.kind) {
    case "lose_notification":
      return "lost";
    case "corrupt_notification":
      return "corrupt";
    case "repeat_notification":
      return { repeats: fault.times };
    case "reorder_notifications":
      if (fault.remaining === 1) {
        await tx.update(stripeEvents).set({ heldByFault: fault.id }).where(eq(stripeEvents.id, event.id));
        return "held";
      }
      await tx
        .update(stripeEvents)
        .set({ heldByFault: null, heldForEvent: event.id })
        .where(eq(stripeEvents.heldByFault, fault.id));
      return undefined;
    default:
      return undefined;
  }
}

async function send(delivery: Delivery, now: Date): Promise<boolean> {
  try {
    const response = await fetch(delivery.url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signature(delivery, now),
      },
      body: delivery.payload,
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Refused, reset or too slow: the schedule tries again.
    return false;
  }
}

function signature(delivery: Delivery, now: Date): string {
  const timestamp = seconds(now);
  const secret = delivery.corrupt ? `${delivery.secret}x` : delivery.secret;
  return `t=${timestamp},v1=${createHmac("sha256", secret).update(`${timestamp}.${delivery.payload}`).digest("hex")}`;
}

async function settle(
  db: SimulatorDb,
  deliveries: readonly Delivery[],
  accepted: readonly boolean[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return;
  const finished: string[] = [];
  const again: { id: string; at: string | null; repeats: number }[] = [];
  for (const [position, delivery] of deliveries.entries()) {
    if (!accepted[position]) {
      const delay = retryAfterMs[delivery.attempts - 1];
      const at = delay === undefined ? null : new Date(now.getTime() + delay).toISOString();
      again.push({ id: delivery.id, at, repeats: delivery.repeats });
    } else if (delivery.repeats > 0) {
      again.push({ id: delivery.id, at: now.toISOString(), repeats: delivery.repeats - 1 });
    } else finished.push(delivery.id);
  }
  if (finished.length > 0)
    await db.update(stripeEvents).set({ nextAt: null, repeats: 0 }).where(inArray(stripeEvents.id, finished));
  for (const { id, at, repeats } of again) {
    await db
      .update(stripeEvents)
      .set({ nextAt: at === null ? null : new Date(at), repeats })
      .where(eq(stripeEvents.id, id));
  }
  await db
    .update(stripeEvents)
    .set({ nextAt: now, heldForEvent: null })
    .where(inArray(stripeEvents.heldForEvent, idsOf(deliveries)));
}

function idsOf(deliveries: readonly Delivery[]): string[] {
  return deliveries.map((delivery) => delivery.id);
}

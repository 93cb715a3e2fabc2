import { and, desc, eq, sql } from "drizzle-orm";
import { stripeAccounts, stripeEvents, stripeObjects } from "#db/schema/sim-stripe";
import type { SimulatorDb } from "#db/simulator-client";
import { NothingToAct, type SimulatedPayment, type Simulator, type SimulatorDependencies } from "../simulator.ts";
import { actOn } from "./act.ts";
import { createApp } from "./app.ts";
import { deliverEvents } from "./deliver.ts";
import { listFaults, replaceFaults } from "./faults.ts";
import { newId, randomText } from "./ids.ts";
import { type Account, accountByKey, objectsOfIntent } from "./store.ts";
import { forgetIdempotencyKeys, runTasks } from "./tasks.ts";
import type { PaymentIntent } from "./wire.ts";

/** Stripe in test mode: https://docs.stripe.com/api, version 2026-10-28.endive, cards only. */
export function createStripeSimulator(dependencies: SimulatorDependencies & { db: SimulatorDb }): Simulator {
  const { db, clock, publicUrl } = dependencies;

  async function accountOf(credentials: Record<string, string>): Promise<Account> {
    const account = await accountByKey(db, credentials.secret_key ?? "");
    if (!account) throw new Error("no simulated account has this secret_key");
    return account;
  }

  return {
    name: "stripe",
    app: createApp(dependencies),

    async provision({ label }) {
      const shared = randomText(15);
      const account = {
        id: `acct_1${shared}`,
        label,
        secretKey: `sk_test_51${shared}${randomText(40)}`,
        publishableKey: `pk_test_51${shared}${randomText(40)}`,
        webhookSecret: `whsec_${randomText(32)}`,
        webhookEndpointId: newId("webhook_endpoint"),
        enabledEvents: [],
        createdAt: clock.now(),
      };
      await db.insert(stripeAccounts).values(account);
      return {
        secret_key: account.secretKey,
        publishable_key: account.publishableKey,
        webhook_secret: account.webhookSecret,
      };
    },

    async setFaults(credentials, faults) {
      await replaceFaults(db, (await accountOf(credentials)).id, faults);
    },

    faults: async (credentials) => listFaults(db, (await accountOf(credentials)).id),

    async act(credentials, reference, act) {
      const account = await accountOf(credentials);
      const intent = await intentByReference(db, account.id, reference);
      if (!intent) throw new NothingToAct(`no payment has the reference ${reference}`);
      if (intent.status !== "requires_action")
        throw new NothingToAct(`${reference} is ${intent.status}: nothing for the shopper to do`);
      await actOn({ db, now: clock.now(), publicUrl }, account.id, intent.id, act);
      const after = await paymentByReference(db, account.id, reference);
      if (!after) throw new Error(`${reference} vanished`);
      return after;
    },

    async payment(credentials, reference) {
      return paymentByReference(db, (await accountOf(credentials)).id, reference);
    },

    async runDue() {
      const now = clock.now();
      const tasks = await runTasks(db, now, publicUrl);
      const sent = await deliverEvents(db, now);
      await forgetIdempotencyKeys(db, now);
      return tasks + sent;
    },
  };
}

async function intentByReference(
  db: SimulatorDb,
  accountId: string,
  reference: string,
): Promise<PaymentIntent | undefined> {
  const [row] = await db
    .select({ body: stripeObjects.body })
    .from(stripeObjects)
    .where(
      and(
        eq(stripeObjects.accountId, accountId),
        eq(stripeObjects.reference, reference),
        eq(stripeObjects.object, "payment_intent"),
      ),
    )
    .orderBy(desc(stripeObjects.seq))
    .limit(1);
  return row?.body as PaymentIntent | undefined;
}

async function paymentByReference(
  db: SimulatorDb,
  accountId: string,
  reference: string,
): Promise<SimulatedPayment | undefined> {
  const intent = await intentByReference(db, accountId, reference);
  if (!intent) return undefined;
  const refunds = await objectsOfIntent(db, "refund", intent.id);
  const [events] = await db
    .select({
      sent: sql<number>`coalesce(sum(${stripeEvents.attempts}), 0)::int`,
      due: sql<number>`count(${stripeEvents.nextAt})::int`,
    })
    .from(stripeEvents)
    .where(and(eq(stripeEvents.accountId, accountId), sql`${stripeEvents.references} @> array[${reference}]::text[]`));
  return {
    reference,
    providerReference: intent.id,
    status: intent.status,
    amount: intent.amount,
    currency: intent.currency.toUpperCase(),
    refunds: refunds.map(({ body }) => ({
      reference: body.metadata?.reference ?? body.id,
      status: body.status ?? "",
      amount: body.amount,
    })),
    notificationsSent: events?.sent ?? 0,
    notificationsDue: events?.due ?? 0,
  };
}

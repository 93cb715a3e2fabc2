import { asc, eq, lte, sql } from "drizzle-orm";
import { stripeIdempotency, stripeTasks } from "#db/schema/sim-stripe";
import type { SimulatorDb } from "#db/simulator-client";
import { log } from "#lib/kernel/log";
import { finishChallenge } from "./authentication.ts";
import { takingFaults } from "./faults.ts";
import { cancel } from "./payment-intents.ts";
import { settleRefund } from "./refunds.ts";
import { accountById, lockObject, type Tx } from "./store.ts";
import { type Call, type TaskKind, Work } from "./work.ts";

const atOnce = 200;
const retryMs = 60_000;

/** Runs what is due, each task in its own transaction; returns how many were done. */
export async function runTasks(db: SimulatorDb, now: Date, publicUrl: string): Promise<number> {
  let done = 0;
  while (done < atOnce && (await runTask(db, now, publicUrl))) done++;
  return done;
}

async function runTask(db: SimulatorDb, now: Date, publicUrl: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [task] = await tx
      .select()
      .from(stripeTasks)
      .where(lte(stripeTasks.dueAt, now))
      .orderBy(asc(stripeTasks.dueAt), asc(stripeTasks.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!task) return false;
    try {
      await tx.transaction((inner) => perform(inner, task, now, publicUrl));
      await tx.delete(stripeTasks).where(eq(stripeTasks.id, task.id));
    } catch (error) {
      log.error({ err: error, task: task.kind, object: task.objectId }, "simulated provider could not run a task");
      await tx
        .update(stripeTasks)
        .set({ dueAt: new Date(now.getTime() + retryMs) })
        .where(eq(stripeTasks.id, task.id));
    }
    return true;
  });
}

async function perform(
  tx: Tx,
  task: { kind: string; objectId: string; accountId: string },
  now: Date,
  publicUrl: string,
): Promise<void> {
  const account = await accountById(tx, task.accountId);
  if (!account) return;
  const work = new Work(tx, account.id, now, null);
  const call: Call = { tx, account, now, publicUrl, work, fault: takingFaults(tx, account.id) };
  await performers[task.kind as TaskKind](call, task.objectId);
  await work.flush();
}

const performers: Readonly<Record<TaskKind, (call: Call, id: string) => Promise<void>>> = {
  authenticate: async (call, id) => {
    const intent = await lockObject(call.tx, call.account.id, "payment_intent", id);
    if (intent?.body.status === "requires_action") await finishChallenge(call, intent, "authenticated");
  },
  authorization_expires: async (call, id) => {
    const intent = await lockObject(call.tx, call.account.id, "payment_intent", id);
    if (intent?.body.status === "requires_capture") await cancel(call, intent, "automatic");
  },
  refund_succeeds: (call, id) => settleRefund(call, id, "refund_succeeds"),
  refund_fails: (call, id) => settleRefund(call, id, "refund_fails"),
};

const keptMs = 86_400_000;

/** Idempotency keys are kept for a day. */
export async function forgetIdempotencyKeys(db: SimulatorDb, now: Date): Promise<void> {
  const cutoff = new Date(now.getTime() - keptMs).toISOString();
  await db.execute(sql`delete from ${stripeIdempotency} where ctid in (
    select ctid from ${stripeIdempotency} where ${stripeIdempotency.createdAt} < ${cutoff}::timestamptz limit 1000)`);
}

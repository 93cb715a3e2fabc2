import { and, desc, eq } from "drizzle-orm";
import { attempts } from "#db/schema/orders";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { loadAccount, type OpenAccount } from "#lib/channel-accounts/load-account";
import { AppError } from "#lib/kernel/errors";
import { getOrder } from "#lib/orders/store";
import {
  type Fault,
  NothingToAct,
  type SetFault,
  type ShopperAct,
  type SimulatedPayment,
} from "#lib/simulators/simulator";
import { simulatorNamed } from "./simulators.ts";

/** The order's last attempt, its account opened. @throws AppError no_attempt, not_simulated, test_mode_only */
async function lastAttempt(ctx: Context, orderId: string) {
  refuseLive(ctx);
  const attempt = await ctx.transaction(async (tx) => {
    const order = await getOrder(tx, orderId);
    const [row] = await tx.db
      .select({ id: attempts.id, channelAccountId: attempts.channelAccountId })
      .from(attempts)
      .where(and(eq(attempts.merchantId, tx.merchantId), eq(attempts.orderId, order.id)))
      .orderBy(desc(attempts.id))
      .limit(1);
    return row;
  });
  if (!attempt) throw new AppError("conflict", "no_attempt");
  return { attempt, open: await simulated(ctx, attempt.channelAccountId) };
}

function refuseLive(ctx: Context): void {
  if (ctx.livemode) throw new AppError("forbidden", "test_mode_only");
}

async function simulated(ctx: Context, accountId: string): Promise<OpenAccount> {
  const open = await loadAccount(ctx, accountId);
  if (open.row.environment !== "simulator") throw new AppError("conflict", "not_simulated");
  return open;
}

/** What all its borrowers share is not for one of them to break, or to look at. @throws AppError account_of_platform */
function refuseShared(open: OpenAccount): void {
  if (open.lender) throw new AppError("conflict", "account_of_platform");
}

function credentialsOf(open: OpenAccount): Record<string, string> {
  return open.account.credentials as Record<string, string>;
}

/** The test shopper acts in the wallet on the order's last attempt. @throws AppError shopper_cannot_act */
export async function actOnOrder(ctx: Context, orderId: string, act: ShopperAct): Promise<SimulatedPayment> {
  const { attempt, open } = await lastAttempt(ctx, orderId);
  try {
    return await simulatorNamed(open.row.channel).act(credentialsOf(open), attempt.id, act);
  } catch (error) {
    if (!(error instanceof NothingToAct)) throw error;
    throw new AppError("conflict", "shopper_cannot_act", { cause: error });
  }
}

/** The same at a person's or a program's wish, which the activity log keeps: whatever follows came of it. */
export async function playShopper(ctx: Context, orderId: string, act: ShopperAct): Promise<SimulatedPayment> {
  const payment = await actOnOrder(ctx, orderId, act);
  await ctx.transaction((tx) => recordAudit(tx, "sandbox.act", orderId, { ...act, payment: payment.reference }));
  return payment;
}

/** What the simulated provider knows of the order's last attempt. */
export async function simulatedPayment(ctx: Context, orderId: string): Promise<SimulatedPayment | undefined> {
  const { attempt, open } = await lastAttempt(ctx, orderId);
  return simulatorNamed(open.row.channel).payment(credentialsOf(open), attempt.id);
}

/** Makes the provider misbehave for this order's last attempt only, or for everything on one account. */
export async function setOrderFaults(ctx: Context, orderId: string, faults: readonly Fault[]): Promise<void> {
  const { attempt, open } = await lastAttempt(ctx, orderId);
  const scoped = faults.map((fault) => ({
    ...fault,
    reference: open.lender ? attempt.id : (fault.reference ?? attempt.id),
  }));
  await replaceFaults(ctx, open, scoped);
}

export async function setAccountFaults(ctx: Context, accountId: string, faults: readonly Fault[]): Promise<void> {
  refuseLive(ctx);
  const open = await simulated(ctx, accountId);
  refuseShared(open);
  await replaceFaults(ctx, open, faults);
}

async function replaceFaults(ctx: Context, open: OpenAccount, faults: readonly Fault[]): Promise<void> {
  await simulatorNamed(open.row.channel).setFaults(credentialsOf(open), faults);
  await ctx.transaction((tx) => recordAudit(tx, "sandbox.set_faults", open.row.id, { faults }));
}

/** The faults that are set on an account, also those for a single order, and not used up. */
export async function accountFaults(ctx: Context, accountId: string): Promise<readonly SetFault[]> {
  refuseLive(ctx);
  const open = await simulated(ctx, accountId);
  refuseShared(open);
  return simulatorNamed(open.row.channel).faults(credentialsOf(open));
}

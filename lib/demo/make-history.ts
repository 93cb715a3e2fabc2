import { setTimeout as pause } from "node:timers/promises";
import { and, asc, desc, eq } from "drizzle-orm";
import { apiKeys, memberships } from "#db/schema/access";
import { events } from "#db/schema/events";
import { type Actor, type Context, openContext, type Tx } from "#db/tenancy";
import { newRequestId } from "#lib/jobs/job";
import { AppError } from "#lib/kernel/errors";
import { log } from "#lib/kernel/log";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { setOffset } from "#lib/test-clock/set-offset";
import { crossBorder } from "./cross-border.ts";
import { perform, shopperIp } from "./perform.ts";
import { planHistory } from "./plan.ts";
import type { Profile } from "./profile.ts";
import { retail } from "./retail.ts";

export interface HistoryOptions {
  readonly signal?: AbortSignal;
  /** Between 0 and 1. */
  readonly onProgress?: (share: number) => void;
  /** Does queued jobs where no worker runs: tests. */
  readonly work?: () => Promise<void>;
  /** Idle time after each step, so that whoever uses the product meanwhile goes first. */
  readonly restMs?: number;
}

const defaultRestMs = 5;

/** Which of the two businesses a demo merchant has. */
export function profileOf(country: string): Profile {
  return country === "CN" ? retail : crossBorder;
}

/**
 * Puts the clock of a demo merchant that is under way back to what it has reached: while the product was down, the clock
 * went on. Nothing may work for the merchant yet.
 */
export async function resumeHistory(ctx: Context): Promise<void> {
  await ctx.transaction(async (tx) => {
    const reached = await lastFact(tx);
    if (reached !== undefined) await setOffset(tx, Math.min(-1, reached + 1_000 - ctx.realNow.getTime()));
  });
}

/**
 * Lives through the past of a demo merchant: its test clock begins in the past and is moved from deed to deed until it
 * meets the real time. The clock is the only progress that is kept, so a run that was killed goes on where it was, and
 * a merchant whose clock has arrived is never given a past again.
 *
 * @returns whether the past is complete
 */
export async function makeHistory(ctx: Context, options: HistoryOptions = {}): Promise<boolean> {
  const merchant = await loadMerchant(ctx);
  const from = merchant.createdAt.getTime();
  const reached = (await ctx.transaction(lastFact)) ?? from;
  const steps = planHistory(profileOf(merchant.country), from, ctx.realNow.getTime());
  const actors = await ctx.transaction(castOf);
  for (const step of steps) {
    if (step.at <= reached) continue;
    if (options.signal?.aborted) return false;
    const offsetMs = await advance(ctx, step.at);
    options.onProgress?.((step.at - from) / (ctx.realNow.getTime() - from));
    try {
      await perform(
        {
          server: acting(ctx, offsetMs, actors.server),
          clerk: acting(ctx, offsetMs, actors.clerk),
          shopper: (orderId) => acting(ctx, offsetMs, { type: "shopper", id: orderId, ip: shopperIp }),
          work: options.work ?? (async () => {}),
        },
        step,
      );
    } catch (error) {
      // A refusal is an answer: the order has gone another way, as orders do.
      if (!(error instanceof AppError)) throw error;
      log.info({ number: step.number, deed: step.what.deed, code: error.code }, "demo data: a step was refused");
    }
    await pause(options.restMs ?? defaultRestMs);
  }
  await ctx.transaction((tx) => setOffset(tx, 0));
  options.onProgress?.(1);
  return true;
}

/** Moves the clock on to a moment; where the steps before took longer than the time between them, it is there already. */
async function advance(ctx: Context, at: number): Promise<number> {
  const { testClockOffsetMs } = await loadMerchant(ctx);
  const wanted = Math.min(-1, at - ctx.realNow.getTime());
  if (wanted <= testClockOffsetMs) return testClockOffsetMs;
  await ctx.transaction((tx) => setOffset(tx, wanted));
  return Math.round(wanted);
}

function acting(ctx: Context, testOffsetMs: number, actor: Actor): Context {
  const requestId = newRequestId(ctx.merchantId);
  return openContext({ merchantId: ctx.merchantId, livemode: false, requestId, actor, testOffsetMs });
}

async function castOf(tx: Tx): Promise<{ server: Actor; clerk: Actor }> {
  const [key] = await tx.db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.merchantId, tx.merchantId), eq(apiKeys.livemode, false)))
    .orderBy(asc(apiKeys.id))
    .limit(1);
  const [member] = await tx.db
    .select({ id: memberships.userId })
    .from(memberships)
    .where(eq(memberships.merchantId, tx.merchantId))
    .limit(1);
  return {
    server: key ? { type: "api_key", id: key.id } : { type: "system", id: "demo" },
    clerk: member ? { type: "user", id: member.id } : { type: "system", id: "demo" },
  };
}

/** When the newest thing happened; nothing happens at a merchant without leaving an event. */
async function lastFact(tx: Tx): Promise<number | undefined> {
  const [row] = await tx.db
    .select({ at: events.createdAt })
    .from(events)
    .where(and(eq(events.merchantId, tx.merchantId), eq(events.livemode, false)))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.at.getTime();
}

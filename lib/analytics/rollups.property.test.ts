import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { applyOutcome } from "#lib/attempts/apply-outcome";
import { systemClock } from "#lib/kernel/clock";
import { money } from "#lib/kernel/money";
import { settleRefund } from "#lib/refunds/settle-refund";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { attemptsOfOrder, bookOf, choose, openOrder, orderOf, refund } from "#lib/testing/shop";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { followEvents } from "./follow-events.ts";
import { expectAgreement, follow } from "./testing.ts";

let platform: Platform;
const clock = { skippedMs: 0 };
beforeAll(async () => {
  platform = await startPlatform();
  const unmoved = systemClock.now;
  Object.assign(systemClock, { now: () => new Date(unmoved().getTime() + clock.skippedMs) });
});
afterAll(() => platform.end());

type Step =
  | { readonly kind: "order"; readonly amount: number }
  | { readonly kind: "pay" | "fail" | "surplus"; readonly pick: number }
  | { readonly kind: "refund"; readonly pick: number; readonly amount: number; readonly settles: boolean }
  | { readonly kind: "pass"; readonly minutes: number }
  | { readonly kind: "drain" | "follow" };

const pick = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("order" as const), amount: fc.integer({ min: 2, max: 5_000 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom("pay" as const, "fail" as const, "surplus" as const), pick }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("refund" as const),
      pick,
      amount: fc.integer({ min: 1, max: 900 }),
      settles: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), minutes: fc.integer({ min: -30, max: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("drain" as const, "follow" as const) }) },
);

/** One merchant's life in a random order, by a clock that jumps back and forth like those of several servers. */
class History {
  readonly #orders: string[] = [];
  readonly #merchant: TestMerchant;
  readonly #follow: (batchSize: number) => Promise<unknown>;

  constructor(merchant: TestMerchant, follow: (batchSize: number) => Promise<unknown>) {
    this.#merchant = merchant;
    this.#follow = follow;
  }

  async take(step: Step): Promise<void> {
    const { ctx } = this.#merchant;
    switch (step.kind) {
      case "order":
        this.#orders.push((await openOrder(ctx, { amount: step.amount })).id);
        return;
      case "pay":
      case "fail":
      case "surplus":
        return this.#attempt(step);
      case "refund":
        return this.#refund(step);
      case "pass":
        clock.skippedMs += step.minutes * 60_000;
        return;
      case "drain":
        await drainOutbox();
        return;
      case "follow":
        await this.#follow(3);
    }
  }

  #picked(index: number): string | undefined {
    return this.#orders[index % Math.max(1, this.#orders.length)];
  }

  async #attempt(step: { kind: "pay" | "fail" | "surplus"; pick: number }): Promise<void> {
    const { ctx } = this.#merchant;
    const id = this.#picked(step.pick);
    if (!id) return;
    const order = await orderOf(ctx, id);
    const earlier = await attemptsOfOrder(ctx, id);
    const open = earlier.find(({ status }) => status === "requires_action" || status === "processing");
    const isPayable = order.status === "pending" || order.status === "processing";
    const method = step.kind === "surplus" ? "alipay" : "wechat_pay";
    const attempt =
      open ?? (isPayable && order.expiresAt > ctx.now ? (await choose(ctx, id, method)).attempt : undefined);
    if (!attempt) return;
    await applyOutcome(
      ctx,
      attempt.id,
      step.kind === "fail"
        ? { kind: "declined", reason: "insufficient_funds", providerCode: "NOTENOUGH" }
        : { kind: "approved", reference: attempt.id, amount: money(order.amount, "CNY"), at: ctx.now, captured: true },
    );
  }

  async #refund(step: Extract<Step, { kind: "refund" }>): Promise<void> {
    const { ctx } = this.#merchant;
    const id = this.#picked(step.pick);
    const order = id ? await orderOf(ctx, id) : undefined;
    if (!order || order.amountCaptured === 0n) return;
    const left = order.amountCaptured - order.amountRefundReserved;
    const book = await bookOf(ctx);
    const most = [BigInt(step.amount), left, book["merchant_pending CNY"] ?? 0n].reduce((a, b) => (a < b ? a : b));
    if (most <= 0n) return;
    const made = await refund(ctx, order.id, Number(most));
    if (step.settles)
      await settleRefund(ctx, made.id, {
        kind: "succeeded",
        reference: made.id,
        amount: money(most, "CNY"),
        at: ctx.now,
      });
    else await settleRefund(ctx, made.id, { kind: "failed", providerCode: "CLOSED", retryable: false });
  }
}

it("is what orders, attempts, refunds and the ledger add up to, whatever happened in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const merchant = await platform.merchant({}, ["wechatpay", "alipay"]);
      const history = new History(merchant, (batchSize) => followEvents(merchant.ctx, batchSize));
      for (const each of steps) await history.take(each);
      await follow(merchant.ctx);
      await expectAgreement(platform, merchant.ctx);
    }),
    { numRuns: 12 },
  );
}, 120_000);

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RefundStatus } from "#db/schema/refunds";
import type { Heard, RefundOutcome } from "#lib/channels/channel";
import { money } from "#lib/kernel/money";
import { feeShare } from "./postings.ts";
import { decideRefund, maxRetryableTries, nextTryDelayMs } from "./refund-state.ts";

interface Life {
  readonly status: RefundStatus;
  readonly tryCount: number;
  readonly nextTryAt: Date | null;
  readonly amount: bigint;
  readonly currency: string;
  /** +1 when the money is booked as gone, −1 when it is booked back. */
  readonly booked: readonly number[];
}

const at = new Date("2026-03-01T08:00:00Z");
const accepted: Life = { status: "pending", tryCount: 0, nextTryAt: at, amount: 100n, currency: "CNY", booked: [] };
const succeeded: RefundOutcome = { kind: "succeeded", reference: "5030", amount: money(100n, "CNY"), at };
const refused: RefundOutcome = { kind: "failed", providerCode: "USER_ACCOUNT_ABNORMAL", retryable: false };

/** What `settleRefund` writes for each decision, without the rows. */
function live(life: Life, outcome: RefundOutcome, heard: Heard): Life {
  const decision = decideRefund(life, outcome, heard);
  switch (decision.kind) {
    case "none":
    case "mismatch":
      return life;
    case "again":
      return { ...life, status: decision.status, tryCount: life.tryCount + 1 };
    case "succeeded":
      return { ...life, status: "succeeded", nextTryAt: null, booked: [...life.booked, 1] };
    case "failed":
      return {
        ...life,
        status: "failed",
        nextTryAt: null,
        booked: decision.bounced ? [...life.booked, -1] : life.booked,
      };
    case "ask":
      return { ...life, tryCount: 0, nextTryAt: at };
    case "confirmed":
      return { ...life, nextTryAt: null };
  }
}

const asked = (life: Life, outcome: RefundOutcome) => live(life, outcome, "asked");
const told = (life: Life, outcome: RefundOutcome) => live(life, outcome, "told");

const weak = fc.constantFrom<RefundOutcome>(
  { kind: "pending" },
  { kind: "pending", unmapped: "SOMETHING_NEW" },
  { kind: "unknown", cause: "timeout" },
);

describe("a refund's life", () => {
  it("ends succeeded, and is booked once, wherever among the other messages the confirmation comes", () => {
    fc.assert(
      fc.property(fc.array(weak), fc.array(fc.oneof(weak, fc.constant(succeeded))), (before, after) => {
        const end = [...before, succeeded, ...after].reduce(asked, accepted);
        expect(end).toMatchObject({ status: "succeeded", booked: [1] });
      }),
    );
  });

  it("ends as the channel says when asked, whatever it had told before, in any order and any number", () => {
    const words = fc.array(fc.oneof(weak, fc.constant(succeeded), fc.constant(refused)));
    fc.assert(
      fc.property(words, words, fc.constantFrom(succeeded, refused), (before, after, truth) => {
        const heard = [...before, truth, ...after].reduce(told, accepted);
        const end = heard.nextTryAt === null ? heard : asked(heard, truth);
        expect(end).toMatchObject({ status: truth.kind, nextTryAt: null });
        expect(end.booked.reduce((sum, one) => sum + one, 0)).toBe(truth === succeeded ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it("books as much back as it had booked out, in any order of confirmations and refusals", () => {
    const messages = fc.array(
      fc.tuple(fc.oneof(weak, fc.constant(succeeded), fc.constant(refused)), fc.constantFrom<Heard>("asked", "told")),
    );
    fc.assert(
      fc.property(messages, (received) => {
        const end = received.reduce((life, [outcome, heard]) => live(life, outcome, heard), accepted);
        const gone = end.booked.reduce((sum, one) => sum + one, 0);
        expect(gone).toBe(end.status === "succeeded" ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  it("moves no money on a notification that denies the end: the channel is asked, and its answer holds", () => {
    const failed = asked(accepted, refused);
    const denied = told(failed, succeeded);
    expect(denied).toMatchObject({ status: "failed", booked: [], nextTryAt: at });
    expect(asked(denied, refused)).toMatchObject({ status: "failed", booked: [], nextTryAt: null });
    expect(asked(denied, succeeded)).toMatchObject({ status: "succeeded", booked: [1], nextTryAt: null });
  });

  it("is not asked after for ever when the channel will not say which of its words holds", () => {
    const denied = told(asked(accepted, succeeded), refused);
    const silence = Array.from<RefundOutcome>({ length: maxRetryableTries + 1 }).fill({ kind: "unknown", cause: "x" });
    expect(silence.reduce(asked, denied)).toMatchObject({ status: "succeeded", booked: [1], nextTryAt: null });
  });

  it.each<[string, RefundOutcome]>([
    ["a cent less", { ...succeeded, amount: money(99n, "CNY") }],
    ["a cent more", { ...succeeded, amount: money(101n, "CNY") }],
    ["another currency", { ...succeeded, amount: money(100n, "USD") }],
  ])("is not believed to have gone out with %s", (_label, other) => {
    expect(decideRefund(accepted, other, "told")).toEqual({ kind: "mismatch" });
    expect(decideRefund(asked(accepted, refused), other, "asked")).toEqual({ kind: "mismatch" });
    expect(decideRefund(asked(accepted, succeeded), other, "told")).toEqual({ kind: "ask" });
  });

  it("is sent again while the channel only can't take it now, and given up after its last try", () => {
    const notNow: RefundOutcome = { kind: "failed", providerCode: "NOT_ENOUGH", retryable: true };
    const tries = Array.from({ length: maxRetryableTries }, () => notNow);
    expect(tries.reduce(asked, accepted)).toMatchObject({ status: "pending", tryCount: maxRetryableTries });
    expect([...tries, notNow].reduce(asked, accepted)).toMatchObject({ status: "failed", booked: [] });
  });

  it("is asked after for as long as it takes when the channel has it", () => {
    const slow = Array.from<RefundOutcome>({ length: 100 }).fill({ kind: "pending" });
    expect(slow.reduce(asked, accepted)).toMatchObject({ status: "processing", tryCount: 100 });
  });

  it("is tried quickly at first and hours apart at last, about sixteen hours in all", () => {
    const pauses = Array.from({ length: maxRetryableTries }, (_, count) => nextTryDelayMs(count));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000).toBeCloseTo(16, 0);
  });
});

/** Half-up of a rational, in integers: floor((2n + d) / 2d). */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

describe("the fee's share of a refund", () => {
  const cut = fc.record({
    captured: fc.bigInt(1n, 9_999_999_999_999n),
    feeShare: fc.bigInt(0n, 10_000n),
    weights: fc.array(fc.bigInt(0n, 1_000n), { minLength: 1, maxLength: 12 }),
  });

  it("adds up to exactly the fee however an order is cut into refunds", () => {
    fc.assert(
      fc.property(cut, ({ captured, feeShare: share, weights }) => {
        const fee = (captured * share) / 10_000n;
        const total = weights.reduce((sum, weight) => sum + weight, 0n) + 1n;
        let reservedBefore = 0n;
        let returned = 0n;
        for (const amount of [...weights.map((weight) => (captured * weight) / total), undefined]) {
          const part = amount ?? captured - reservedBefore;
          const back = feeShare({ fee, captured, reservedBefore, amount: part });
          expect(back).toBe(halfUp(fee * (reservedBefore + part), captured) - halfUp(fee * reservedBefore, captured));
          expect(back >= 0n && back <= fee).toBe(true);
          reservedBefore += part;
          returned += back;
        }
        expect(returned).toBe(fee);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a third of a fee of 53, rounded half-up", { fee: 53n, captured: 8800n, reservedBefore: 0n, amount: 2933n }, 18n],
    ["exactly half a cent goes up", { fee: 1n, captured: 2n, reservedBefore: 0n, amount: 1n }, 1n],
    ["and the second half gets what is left", { fee: 1n, captured: 2n, reservedBefore: 1n, amount: 1n }, 0n],
    ["no fee, nothing to return", { fee: 0n, captured: 8800n, reservedBefore: 0n, amount: 8800n }, 0n],
  ])("%s", (_label, input, share) => {
    expect(feeShare(input)).toBe(share);
  });
});

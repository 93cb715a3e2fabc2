import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptStatus, OrderStatus } from "#db/schema/orders";
import type { Action, Heard, QueryOutcome } from "#lib/channels/channel";
import { money } from "#lib/kernel/money";
import { absentGraceMs, type Decision, decide, hasLostAction, nextQueryDelayMs } from "./attempt-state.ts";

const createdAt = new Date("2026-03-01T08:00:00Z");
const amount = money(8800n, "CNY");
const action: Action = { type: "qr", content: "weixin://wxpay/bizpayurl?pr=abc" };

type Approved = Extract<QueryOutcome, { kind: "approved" }>;
const approved = (change: Partial<Approved> = {}): Approved => ({
  kind: "approved",
  reference: "4200001",
  amount,
  at: createdAt,
  captured: true,
  ...change,
});

interface Life {
  readonly status: AttemptStatus;
  readonly order: OrderStatus;
  readonly action: Record<string, unknown> | null;
  readonly received: readonly string[];
}

const born: Life = { status: "created", order: "pending", action: null, received: [] };

function decideFor(life: Life, outcome: QueryOutcome, afterMs = 0, heard: Heard = "asked"): Decision {
  const attempt = { status: life.status, amount: 8800n, currency: "CNY", action: life.action, createdAt };
  const now = new Date(createdAt.getTime() + afterMs);
  return decide(
    { attempt, orderStatus: life.order, latePayment: "refund", secondPayment: "refund", heard, now },
    outcome,
  );
}

/** What `applyOutcome` writes for each decision, without the rows. */
function live(life: Life, outcome: QueryOutcome): Life {
  const decision = decideFor(life, outcome, 10 * absentGraceMs);
  switch (decision.kind) {
    case "none":
    case "ask":
      return life;
    case "waiting": {
      const isOpen = life.order === "pending" || life.order === "processing";
      const order = decision.status === "requires_action" ? "pending" : "processing";
      const given = outcome.kind === "pending" && outcome.action ? { ...outcome.action } : life.action;
      return { ...life, status: decision.status, action: given, order: isOpen ? order : life.order };
    }
    case "failed":
      return { ...life, status: "failed", order: life.order === "processing" ? "pending" : life.order };
    case "canceled":
      return { ...life, status: "canceled", order: life.order === "authorized" ? "closed" : life.order };
    case "authorized":
      return { ...life, status: "authorized", order: "authorized" };
    case "void":
      return { ...life, status: "authorized" };
    case "received":
      return {
        ...life,
        status: "succeeded",
        order: decision.accepted ? "paid" : life.order,
        received: [...life.received, decision.disposition],
      };
  }
}

const weak = fc.constantFrom<QueryOutcome>(
  { kind: "pending" },
  { kind: "pending", action },
  { kind: "pending", unmapped: "SOMETHING_NEW" },
  { kind: "unknown", cause: "timeout" },
  { kind: "declined", reason: "insufficient_funds", providerCode: "NOTENOUGH" },
  { kind: "closed" },
  { kind: "absent" },
);
const paidOnce = fc.constant<QueryOutcome>(approved());

describe("an attempt's life", () => {
  it("ends paid, with the money taken in once, wherever among the other messages the approval comes", () => {
    const messages = fc.tuple(
      fc.array(weak, { maxLength: 6 }),
      paidOnce,
      fc.array(fc.oneof(weak, paidOnce), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(messages, ([before, now, after]) => {
        const end = [...before, now, ...after].reduce(live, born);
        expect(end).toMatchObject({ status: "succeeded", order: "paid", received: ["order"] });
      }),
      { numRuns: 500 },
    );
  });

  it("takes the money in once also when the order ends in between, as late money then", () => {
    fc.assert(
      fc.property(
        fc.array(weak),
        fc.array(fc.oneof(weak, paidOnce)),
        fc.constantFrom("closed", "expired"),
        (before, after, ended) => {
          const life = before.reduce(live, born);
          const end = [...after, approved(), approved()].reduce(live, { ...life, order: ended as OrderStatus });
          expect(end).toMatchObject({ status: "succeeded", order: ended, received: ["late"] });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never goes back from money that was reported", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(weak, paidOnce, fc.constant(approved({ captured: false })))), (messages) => {
        const paid: Life = { ...born, status: "succeeded", order: "paid", received: ["order"] };
        expect(messages.reduce(live, paid)).toEqual(paid);
      }),
    );
  });

  it("captures an authorisation once, in whole or in part, whatever is repeated around it", () => {
    const repeated = fc.array(
      fc.oneof(
        weak.filter(({ kind }) => kind !== "closed"),
        fc.constant(approved({ captured: false })),
      ),
    );
    fc.assert(
      fc.property(fc.bigInt(1n, 8800n), repeated, repeated, (minor, before, after) => {
        const authorized = live(born, approved({ captured: false }));
        const captured = approved({ amount: money(minor, "CNY") });
        const end = [...before, captured, ...after, captured].reduce(live, authorized);
        expect(end).toMatchObject({ status: "succeeded", order: "paid", received: ["order"] });
      }),
    );
  });
});

describe("one message", () => {
  const life = (change: Partial<Life>): Life => ({ ...born, ...change });

  it.each<[string, Life, QueryOutcome, Decision]>([
    ["a second payment of a paid order is surplus", life({ order: "paid" }), approved(), received("surplus")],
    ["so it is of a refunded one", life({ order: "refunded" }), approved(), received("surplus")],
    ["and beside another authorisation", life({ order: "authorized" }), approved(), received("surplus")],
    ["a cent too little is a mismatch", life({}), approved({ amount: money(8799n, "CNY") }), received("mismatch")],
    ["a cent too much as well", life({}), approved({ amount: money(8801n, "CNY") }), received("mismatch")],
    [
      "the right number in the wrong currency too",
      life({}),
      approved({ amount: money(8800n, "USD") }),
      received("mismatch"),
    ],
    [
      "a capture above the authorisation is a mismatch",
      life({ status: "authorized", order: "authorized" }),
      approved({ amount: money(8801n, "CNY") }),
      received("mismatch"),
    ],
    [
      "an authorisation of a wrong amount is let go",
      life({}),
      approved({ captured: false, amount: money(1n, "CNY") }),
      { kind: "void" },
    ],
    [
      "an authorisation of a closed order is let go",
      life({ order: "closed" }),
      approved({ captured: false }),
      { kind: "void" },
    ],
    [
      "silence says nothing about a shopper with a code before him",
      life({ status: "requires_action", action: { ...action } }),
      { kind: "unknown", cause: "timeout" },
      { kind: "none" },
    ],
    [
      "a decline after the end changes nothing",
      life({ status: "canceled" }),
      { kind: "declined", reason: "card_declined", providerCode: "x" },
      { kind: "none" },
    ],
    [
      "a lapsed authorisation is over",
      life({ status: "authorized", order: "authorized" }),
      { kind: "closed" },
      { kind: "canceled" },
    ],
  ])("%s", (_label, before, outcome, decision) => {
    expect(decideFor(before, outcome)).toEqual(decision);
  });

  it("of a capture above the authorisation is asked after when it is only told", () => {
    const authorized = life({ status: "authorized", order: "authorized" });
    const above = approved({ amount: money(8801n, "CNY") });
    expect(decideFor(authorized, above, 0, "told")).toEqual({ kind: "ask" });
    expect(decideFor(authorized, approved({ amount: money(8799n, "CNY") }), 0, "told")).toMatchObject({
      accepted: true,
    });
  });

  it("believes that the provider never saw a call only after a minute", () => {
    const lost = life({ status: "unknown", order: "processing" });
    expect(decideFor(lost, { kind: "absent" }, absentGraceMs)).toEqual({ kind: "none" });
    expect(decideFor(lost, { kind: "absent" }, absentGraceMs + 1)).toMatchObject({
      kind: "failed",
      providerCode: "absent",
    });
  });

  it("does not believe it at all of a code that the shopper holds: the provider sees it when it is scanned", () => {
    const shown = life({ status: "requires_action", action: { ...action } });
    expect(decideFor(shown, { kind: "absent" }, 100 * absentGraceMs)).toEqual({ kind: "none" });
  });
});

it.each([
  ["paid", true],
  ["refunded", true],
  ["authorized", false],
] as const)(
  "a second payment of a %s order is kept: %s, where the merchant keeps second payments",
  (status, accepted) => {
    const attempt = { status: "processing", amount: 8800n, currency: "CNY", action: null, createdAt } as const;
    const situation = { attempt, orderStatus: status, latePayment: "refund", now: createdAt, heard: "told" } as const;
    expect(decide({ ...situation, secondPayment: "accept" }, approved())).toEqual({
      kind: "received",
      disposition: "surplus",
      accepted,
    });
  },
);

function received(disposition: "surplus" | "mismatch"): Decision {
  return { kind: "received", disposition, accepted: false };
}

describe("a lost code", () => {
  it.each([
    ["unknown", "qr", null, true],
    ["processing", "redirect", null, true],
    ["processing", "card_fields", null, false],
    ["requires_action", "qr", { type: "qr" }, false],
    ["failed", "qr", null, false],
  ] as const)("of a %s %s attempt with action %j: %s", (status, flow, held, lost) => {
    expect(hasLostAction({ status, flow, action: held })).toBe(lost);
  });
});

describe("the pause before the next query", () => {
  it("grows, and never beyond five minutes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<AttemptStatus>("unknown", "created", "processing", "requires_action"),
        fc.nat(1_000),
        (status, count) => {
          const delay = nextQueryDelayMs(status, count);
          expect(delay).toBeGreaterThan(0);
          expect(delay).toBeLessThanOrEqual(300_000);
          expect(nextQueryDelayMs(status, count + 1)).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
  });
});

import type { DeclineReason } from "#lib/channels/channel";
import type { Deed, Step } from "./plan.ts";
import type { Market, Profile } from "./profile.ts";
import type { Random } from "./random.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const userAgents: readonly (readonly [number, string])[] = [
  [5, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"],
  [4, "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"],
  [6, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"],
  [3, "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15"],
];

/** Stripe's names of test cards that are refused. */
const refusedCards: readonly (readonly [number, string])[] = [
  [5, "pm_card_visa_chargeDeclinedInsufficientFunds"],
  [4, "pm_card_chargeDeclined"],
  [2, "pm_card_chargeDeclinedExpiredCard"],
  [2, "pm_card_chargeDeclinedIncorrectCvc"],
  [1, "pm_card_radarBlock"],
];

const walletRefusals: readonly (readonly [number, DeclineReason])[] = [
  [6, "insufficient_funds"],
  [2, "limit_exceeded"],
  [2, "suspected_fraud"],
];

type Fate = "paid" | "declined_then_paid" | "declined" | "abandoned" | "late";

/** The life of one order: what is bought, how it is tried to pay, and what becomes of it. */
export function planOrder(profile: Profile, random: Random, opened: number, number: string): Step[] {
  const market = random.pick(profile.markets.map((entry) => [entry.weight, entry] as const));
  const method = random.pick(market.methods);
  const isCard = method === "card";
  const isManual = isCard && random.happens(profile.manualCapture);
  const fate = fateOf(profile, isCard ? "card" : "wallet", random);
  const input = basket(market, random, number, isManual);
  const userAgent = random.pick(userAgents);
  const steps: Step[] = [];
  const add = (at: number, what: Deed) => {
    steps.push({ at, number, what });
    return at;
  };
  const choose = (token: string): Deed => ({
    deed: "choose",
    method,
    userAgent,
    ...(isCard && { token }),
  });

  let at = add(opened, { deed: "open", input });
  const end = opened + profile.lifetimeMinutes * minuteMs + secondMs;
  // Some look at the checkout and leave.
  if (fate === "abandoned" && random.happens(0.5)) {
    add(end, { deed: "expire" });
    return steps;
  }
  at += random.between(4, 25) * secondMs;
  if (fate === "declined" || fate === "declined_then_paid") {
    at = add(at, choose(random.pick(refusedCards)));
    if (!isCard)
      at = add(at + random.between(8, 40) * secondMs, { deed: "decline", reason: random.pick(walletRefusals) });
    at += random.between(20, 120) * secondMs;
  }
  const card = fate === "abandoned" || fate === "late" ? "pm_card_threeDSecure2Required" : random.one(market.cards);
  if (fate !== "declined") at = add(at, choose(card));
  if (fate === "declined" || fate === "abandoned") {
    add(end, { deed: "expire" });
    return steps;
  }
  at = add(at + random.between(6, 90) * secondMs, { deed: fate === "late" ? "pay_late" : "pay" });
  if (fate === "late") return steps;

  const amount = BigInt(input.amount);
  if (isManual) {
    at += random.between(3, 40) * hourMs;
    if (random.happens(0.12)) {
      add(at, { deed: "void" });
      return steps;
    }
    // Something of the basket was not in stock.
    add(at, random.happens(0.15) ? { deed: "capture", amount: (amount * 4n) / 5n } : { deed: "capture" });
  }
  if (random.happens(profile.refunded))
    giveBack(add, random, at, { amount: input.amount, isWhole: isManual, reason: random.one(profile.refundReasons) });
  return steps;
}

function giveBack(
  add: (at: number, what: Deed) => number,
  random: Random,
  paid: number,
  { amount, isWhole, reason }: { amount: number; isWhole: boolean; reason: string },
): void {
  const at = paid + random.between(5, 9 * 24) * hourMs + random.between(0, 59) * minuteMs;
  if (isWhole || random.happens(0.6)) {
    add(at, { deed: "refund", reason });
    return;
  }
  const part = Math.max(1, Math.round((amount * random.between(2, 6)) / 10));
  add(at, { deed: "refund", amount: part, reason });
  if (random.happens(0.15)) add(at + random.between(6, 60) * hourMs, { deed: "refund", reason });
}

function fateOf(profile: Profile, means: "card" | "wallet", random: Random): Fate {
  const { abandoned, late } = profile;
  const { thenPaid, forGood } = profile.declines[means];
  return random.pick<Fate>([
    [thenPaid, "declined_then_paid"],
    [forGood, "declined"],
    [abandoned, "abandoned"],
    [late, "late"],
    [1 - thenPaid - forGood - abandoned - late, "paid"],
  ]);
}

function basket(
  market: Market,
  random: Random,
  number: string,
  isManual: boolean,
): Extract<Deed, { deed: "open" }>["input"] {
  const kinds = random.pick([
    [6, 1],
    [3, 2],
    [1, 3],
  ]);
  const first = random.between(0, market.products.length - 1);
  const items = Array.from({ length: kinds }, (_, index) => {
    const product = market.products[(first + index * 5) % market.products.length];
    if (!product) throw new RangeError("a market without products");
    return { name: product.name, quantity: random.happens(0.2) ? 2 : 1, unit_amount: product.price };
  });
  const { name, email, phone } = random.one(market.buyers);
  return {
    merchant_order_no: number,
    amount: items.reduce((sum, item) => sum + item.quantity * item.unit_amount, 0),
    currency: market.currency,
    subject: items.length === 1 ? (items[0]?.name ?? number) : `${items[0]?.name} +${items.length - 1}`,
    items,
    capture_method: isManual ? "manual" : "automatic",
    customer: { name, email, ...(phone && { phone }), country: market.country },
    metadata: {
      source: random.pick([
        [6, "shop"],
        [3, "app"],
        [1, "social"],
      ]),
    },
  };
}

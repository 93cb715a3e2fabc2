import type { DeclineReason, Method } from "#lib/channels/channel";
import type { CreateOrder } from "#lib/orders/schemas";
import { planOrder } from "./plan-order.ts";
import type { Profile } from "./profile.ts";
import { seeded } from "./random.ts";

/** What somebody does to an order: the merchant's server, the shopper, or a clerk. */
export type Deed =
  | { readonly deed: "open"; readonly input: CreateOrder }
  | { readonly deed: "choose"; readonly method: Method; readonly userAgent: string; readonly token?: string }
  | { readonly deed: "pay" }
  | { readonly deed: "decline"; readonly reason: DeclineReason }
  /** Pays, while the merchant's server closes the order. */
  | { readonly deed: "pay_late" }
  | { readonly deed: "expire" }
  | { readonly deed: "capture"; readonly amount?: bigint }
  | { readonly deed: "void" }
  /** All that is left when without an amount. */
  | { readonly deed: "refund"; readonly amount?: number; readonly reason: string };

export interface Step {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The merchant's number of the order. */
  readonly number: string;
  readonly what: Deed;
}

export const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * All that happens at a demo merchant, in the order of time; the same whenever it is asked for. A day's orders depend on
 * how many days it lies after the first, not on when the demo is made.
 *
 * @param from a midnight of the merchant's
 */
export function planHistory(profile: Profile, from: number, to: number): Step[] {
  const steps: Step[] = [];
  for (let day = 0; from + day * dayMs < to; day++) {
    const midnight = from + day * dayMs;
    const random = seeded(`${profile.name}:${day}`);
    const count = Math.round(expectedOrders(profile, midnight, day) * (0.85 + 0.3 * random.next()));
    const moments = Array.from({ length: count }, () => {
      const hour = random.pick(profile.hours.map((weight, index) => [weight, index] as const));
      return midnight + hour * hourMs + random.between(0, hourMs - 1);
    }).sort((a, b) => a - b);
    for (const [index, at] of moments.entries()) {
      const number = `${profile.prefix}-${localDay(profile, at).replaceAll("-", "")}-${String(index + 1).padStart(3, "0")}`;
      steps.push(...planOrder(profile, random, at, number));
    }
  }
  return steps.filter(({ at }) => at < to).sort((a, b) => a.at - b.at);
}

/** A shop that grows by a quarter over three months, with its weekdays and its great days. */
function expectedOrders(profile: Profile, midnight: number, day: number): number {
  const weekday = profile.weekdays[new Date(midnight + profile.utcOffsetHours * hourMs).getUTCDay()] ?? 1;
  const peak = profile.peaks[localDay(profile, midnight).slice(5)] ?? 1;
  return profile.ordersPerDay * weekday * peak * (0.9 + (0.25 * day) / 90);
}

function localDay(profile: Profile, at: number): string {
  return new Date(at + profile.utcOffsetHours * hourMs).toISOString().slice(0, 10);
}

import type { Method } from "#lib/channels/channel";
import type { CurrencyCode } from "#lib/kernel/currency";

export interface Product {
  readonly name: string;
  /** Minor units of the market's currency. */
  readonly price: number;
}

export interface Buyer {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

/** Where a merchant sells: what is bought there, by whom, and how it is paid. */
export interface Market {
  readonly weight: number;
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly methods: readonly (readonly [weight: number, method: Method])[];
  /** Stripe's names of test cards that people of this country have. */
  readonly cards: readonly string[];
  readonly products: readonly Product[];
  readonly buyers: readonly Buyer[];
}

/** A demo merchant's business. */
export interface Profile {
  readonly name: "retail" | "cross_border";
  /** In front of the merchant's own order numbers. */
  readonly prefix: string;
  readonly ordersPerDay: number;
  /** Sunday first. */
  readonly weekdays: readonly number[];
  /** Month and day (`11-11`) on which more is sold, how much more. */
  readonly peaks: Readonly<Record<string, number>>;
  /** Weight of each hour of the merchant's day, from midnight on. */
  readonly hours: readonly number[];
  /** Both demo merchants' zones are eight hours ahead of UTC all year. */
  readonly utcOffsetHours: 8;
  /** How long an order stays payable, as the merchant's settings have it. */
  readonly lifetimeMinutes: number;
  /** Shares of all orders; what is left is paid at the first try. A wallet tells nobody of a try that it refused. */
  readonly declines: Readonly<Record<"card" | "wallet", { readonly thenPaid: number; readonly forGood: number }>>;
  readonly abandoned: number;
  readonly late: number;
  /** Share of card orders that are authorised first and captured on shipping. */
  readonly manualCapture: number;
  /** Share of paid orders that go back, in part or whole. */
  readonly refunded: number;
  /** As the shop's own people write them. */
  readonly refundReasons: readonly string[];
  readonly markets: readonly Market[];
}

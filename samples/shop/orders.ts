import { randomUUID } from "node:crypto";
import type { PlatformOrder } from "./platform.ts";
import type { Language } from "./texts.ts";

export interface ShopOrder {
  readonly number: string;
  readonly amount: number;
  readonly currency: string;
  readonly language: Language;
  state: "waiting" | "paid" | "closed";
  checkoutUrl?: string;
  /** The event that told of the payment. */
  eventId?: string;
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: PlatformOrder };
}

/** The shop's own book of orders. A real shop keeps it in its database. */
export class Orders {
  readonly #orders = new Map<string, ShopOrder>();

  /** The number can't be guessed: whoever knows it may see the order. */
  open(amount: number, currency: string, language: Language): ShopOrder {
    const order: ShopOrder = { number: `SHOP-${randomUUID()}`, amount, currency, language, state: "waiting" };
    this.#orders.set(order.number, order);
    return order;
  }

  find(number: string): ShopOrder | undefined {
    return this.#orders.get(number);
  }

  /**
   * What a verified event changes. The same event may come twice and events may overtake each other, so this goes by
   * the order's own state: what is paid stays paid.
   *
   * @returns whether the shop knows what to do with it
   */
  apply(event: Event): boolean {
    const { object } = event.data;
    const order = this.#orders.get(object.merchant_order_no);
    if (!order || order.state === "paid") return Boolean(order);
    if (event.type === "order.paid") {
      // Goods go out for the price that the shop asked, whatever a message says.
      if (object.amount !== order.amount || object.currency !== order.currency) return false;
      order.state = "paid";
      order.eventId = event.id;
    } else if (event.type === "order.closed" || event.type === "order.expired") {
      order.state = "closed";
    }
    return true;
  }
}

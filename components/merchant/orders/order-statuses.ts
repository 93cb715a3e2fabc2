import type { Order } from "../api/orders.ts";
import type { State } from "../pieces/state-tag.tsx";

/** In the order of an order's life; complete, or it does not compile. */
const byStatus = {
  pending: true,
  processing: true,
  authorized: true,
  paid: true,
  partially_refunded: true,
  refunded: true,
  closed: true,
  expired: true,
} satisfies Record<Order["status"], true>;

/** An order that is pending waits for nobody but the shopper, and its tag says so. */
export function stateOfOrder(status: Order["status"]): State {
  return status === "pending" ? "unpaid" : status;
}

export const orderStatuses = Object.keys(byStatus) as Order["status"][];

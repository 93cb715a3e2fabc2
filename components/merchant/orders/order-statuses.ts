import type { Order } from "../api/orders.ts";

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

export const orderStatuses = Object.keys(byStatus) as Order["status"][];

import type { OrderStatus } from "#db/schema/orders";
import { AppError } from "#lib/kernel/errors";

export class DuplicateMerchantOrderNo extends AppError {
  constructor(existingId: string) {
    super("conflict", "duplicate_merchant_order_no", { param: "merchant_order_no", detail: { existing: existingId } });
  }
}

/** The order is not in a state in which this can be done: paid, closed, expired … */
export class OrderNotOpen extends AppError {
  constructor(status: OrderStatus) {
    super("conflict", `order_${status === "partially_refunded" ? "refunded" : status}`, { detail: { status } });
  }
}

import { AppError } from "#lib/kernel/errors";
import type { Money } from "#lib/kernel/money";

/** More would go back than is left of what was captured. */
export class RefundTooLarge extends AppError {
  constructor(refundable: Money) {
    super("conflict", "refund_too_large", {
      param: "amount",
      detail: { refundable: refundable.minor.toString(), currency: refundable.currency },
    });
  }
}

export class DuplicateMerchantRefundNo extends AppError {
  constructor(existingId: string) {
    super("conflict", "duplicate_merchant_refund_no", {
      param: "merchant_refund_no",
      detail: { existing: existingId },
    });
  }
}

/** Neither the pending nor the available balance covers the refund. */
export class BalanceTooLow extends AppError {
  constructor() {
    super("conflict", "balance_too_low", { param: "amount" });
  }
}

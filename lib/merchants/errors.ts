import { AppError } from "#lib/kernel/errors";

/** The platform has stopped the merchant: nothing new is taken, what was taken can be given back. */
export class MerchantSuspended extends AppError {
  constructor() {
    super("forbidden", "merchant_suspended");
  }
}

/** Live mode is open to merchants whose application was approved. */
export class MerchantNotApproved extends AppError {
  constructor() {
    super("forbidden", "merchant_not_approved");
  }
}

export type LimitKind = "order" | "day" | "month" | "method";

/** More than the platform lets this merchant take. */
export class LimitExceeded extends AppError {
  /** @param limit as a decimal text in units of the currency */
  constructor(kind: LimitKind, limit: string, currency: string) {
    super("forbidden", `limit_${kind}`, { detail: { limit, currency }, ...(kind === "order" && { param: "amount" }) });
  }
}

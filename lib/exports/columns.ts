import type { exportedLists } from "#db/schema/exports";

export type ExportedList = (typeof exportedLists)[number];

/** The columns of each list, in the order of the file; `dashboard.exports.columns` has their headers. */
export const exportColumns = {
  orders: [
    "id",
    "merchant_order_no",
    "status",
    "currency",
    "amount",
    "amount_minor",
    "captured",
    "captured_minor",
    "refunded",
    "refunded_minor",
    "fee",
    "fee_minor",
    "method",
    "provider_reference",
    "subject",
    "customer_name",
    "customer_email",
    "created_at",
    "paid_at",
    "closed_at",
    "metadata",
  ],
  refunds: [
    "id",
    "merchant_refund_no",
    "order",
    "merchant_order_no",
    "status",
    "currency",
    "amount",
    "amount_minor",
    "fee_returned",
    "fee_returned_minor",
    "source",
    "reason",
    "provider_reference",
    "failure_code",
    "created_at",
    "succeeded_at",
  ],
  transactions: [
    "id",
    "kind",
    "reference",
    "order",
    "currency",
    "amount",
    "amount_minor",
    "fee",
    "fee_minor",
    "net",
    "net_minor",
    "occurred_at",
  ],
} as const satisfies Record<ExportedList, readonly string[]>;

export type ExportColumn<L extends ExportedList> = (typeof exportColumns)[L][number];

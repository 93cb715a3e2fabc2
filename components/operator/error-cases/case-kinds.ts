import type { ErrorCase } from "../api/error-cases.ts";

/** In the order in which they are offered. */
export const caseKinds = [
  "late_payment",
  "second_payment",
  "wrong_amount",
  "return_failed",
  "refund_taken_back",
  "refund_wrong_amount",
  "attempt_unknown",
  "unknown_reference",
  "ledger_check",
] as const satisfies readonly ErrorCase["kind"][];

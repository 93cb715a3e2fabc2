import { type ErrorKind, errorKinds } from "#lib/kernel/errors";
import type en from "#messages/en.json";

export type ErrorCode = keyof typeof en.errors;

const codesByKind: Partial<Record<ErrorKind, readonly ErrorCode[]>> = {
  invalid_request: [
    "body_not_json",
    "body_not_object",
    "unknown_field",
    "missing_field",
    "wrong_type",
    "invalid_value",
    "amount_not_integer",
    "amount_not_positive",
    "amount_too_large",
    "currency_unknown",
    "method_unknown",
    "merchant_order_no_invalid",
    "merchant_refund_no_invalid",
    "metadata_too_large",
    "url_invalid",
    "date_invalid",
    "expires_at_out_of_range",
    "items_do_not_add_up",
    "token_required",
    "wallet_user_id_required",
    "credentials_invalid",
    "environment_of_other_mode",
    "method_not_of_channel",
    "idempotency_key_required",
    "idempotency_key_invalid",
    "webhook_url_invalid",
    "webhook_url_refused",
    "replay_range_invalid",
    "invalid_cursor",
    "out_of_range",
    "webhook_replay_too_large",
    "webhook_replay_range_invalid",
    "version_unknown",
  ],
  unauthenticated: ["unauthenticated"],
  forbidden: ["forbidden", "csrf", "test_mode_only"],
  not_found: ["not_found", "route_not_found", "not_simulated", "simulators_off"],
  conflict: [
    "duplicate_merchant_order_no",
    "duplicate_merchant_refund_no",
    "order_pending",
    "order_processing",
    "order_authorized",
    "order_paid",
    "order_refunded",
    "order_closed",
    "order_expired",
    "method_unavailable",
    "attempt_in_progress",
    "capture_too_large",
    "refund_too_large",
    "balance_too_low",
    "idempotency_in_progress",
    "no_attempt",
    "not_simulated",
    "webhook_endpoint_disabled",
    "webhook_endpoint_limit",
  ],
  too_large: ["body_too_large"],
  unsupported_media_type: ["content_type_not_json"],
  unprocessable: ["idempotency_key_reused"],
  rate_limited: ["rate_limited"],
  internal: ["internal_error"],
  channel_error: ["channel_refused", "statement_failed"],
  unavailable: ["statement_not_ready"],
};

/** The HTTP statuses under which a code may come, lowest first; none for a code that no answer of the API carries yet. */
export function statusesOf(code: string): number[] {
  return Object.entries(codesByKind)
    .filter(([, codes]) => codes.some((known) => known === code))
    .map(([kind]) => errorKinds[kind as ErrorKind])
    .sort((a, b) => a - b);
}

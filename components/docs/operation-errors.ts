import { type ErrorCode, statusesOf } from "./error-kinds.ts";
import type { Operation } from "./operations.ts";
import { takesIdempotencyKey } from "./request.ts";

const amount = ["amount_not_integer", "amount_not_positive", "amount_too_large"] as const;
const payable = ["order_authorized", "order_paid", "order_refunded", "order_closed", "order_expired"] as const;
const capturable = [
  "order_pending",
  "order_processing",
  "order_paid",
  "order_refunded",
  "order_closed",
  "order_expired",
] as const;
const webhookUrl = ["webhook_url_invalid", "webhook_url_refused"] as const;
const files = ["file_type_refused", "file_too_large", "too_many_files"] as const;
const simulated = ["test_mode_only", "not_simulated", "simulators_off"] as const;

/** What an operation may refuse beside what every operation may; keyed by the slug of its page. */
export const ownErrors: Readonly<Record<string, readonly ErrorCode[]>> = {
  "get-privacy-requests-id-file": ["privacy_no_file"],
  "post-orders": [
    "merchant_order_no_invalid",
    ...amount,
    "currency_unknown",
    "method_unknown",
    "metadata_too_large",
    "url_invalid",
    "date_invalid",
    "expires_at_out_of_range",
    "items_do_not_add_up",
    "duplicate_merchant_order_no",
  ],
  "get-orders": ["date_invalid"],
  "post-tickets": ["not_found", "file_unknown"],
  "post-tickets-id-messages": ["ticket_closed", "file_unknown"],
  "post-tickets-id-close": ["ticket_closed"],
  "post-tickets-id-reopen": ["ticket_not_over"],
  "post-ticket-files": files,
  "post-application-files": files,
  "post-orders-id-close": payable,
  "post-orders-id-void": [...capturable, "attempt_in_progress"],
  "post-orders-id-capture": [...amount, ...capturable, "attempt_in_progress", "capture_too_large", "channel_refused"],
  "post-orders-id-attempts": [
    "idempotency_key_required",
    "method_unknown",
    "token_required",
    "wallet_user_id_required",
    "method_unavailable",
    "attempt_in_progress",
    ...payable,
  ],
  "post-refunds": [
    "merchant_refund_no_invalid",
    ...amount,
    "not_found",
    "duplicate_merchant_refund_no",
    "order_pending",
    "order_processing",
    "order_authorized",
    "order_refunded",
    "order_closed",
    "order_expired",
    "refund_too_large",
    "balance_too_low",
  ],
  "get-balances-statement": ["currency_unknown", "date_invalid", "out_of_range", "invalid_cursor", "not_found"],
  "get-balances-trial": ["date_invalid"],
  "post-webhook-endpoints": [...webhookUrl, "webhook_endpoint_limit"],
  "patch-webhook-endpoints-id": webhookUrl,
  "post-webhook-deliveries-id-resend": ["webhook_endpoint_disabled"],
  "post-events-replay": [
    "replay_range_invalid",
    "webhook_replay_range_invalid",
    "webhook_replay_too_large",
    "not_found",
    "webhook_endpoint_disabled",
  ],
  "post-channel-accounts": [
    "credentials_invalid",
    "environment_of_other_mode",
    "method_not_of_channel",
    "not_found",
    "not_simulated",
  ],
  "post-channel-accounts-test": ["credentials_invalid", "not_found"],
  "patch-branding": ["not_found"],
  "patch-channel-accounts-id": [
    "credentials_invalid",
    "method_not_of_channel",
    "credentials_of_platform",
    "method_not_lent",
    "account_taken_back",
  ],
  "post-channel-accounts-id-test": ["account_of_platform"],
  "patch-members-id": ["role_unknown", "person_required", "owner_only", "permission_not_grantable", "last_owner"],
  "delete-members-id": ["person_required", "owner_only", "last_owner"],
  "post-invitations": [
    "email_invalid",
    "role_unknown",
    "person_required",
    "owner_only",
    "permission_not_grantable",
    "already_member",
    "already_invited",
  ],
  "delete-invitations-id": ["person_required"],
  "post-test-orders-id-act": [...simulated, "no_attempt", "shopper_cannot_act"],
  "get-test-orders-id": [...simulated, "no_attempt"],
  "post-test-orders-id-faults": [...simulated, "no_attempt"],
  "post-test-channel-accounts-id-faults": simulated,
  "get-test-clock": ["test_mode_only"],
  "post-test-clock": ["test_mode_only", "date_invalid", "out_of_range", "test_clock_busy"],
  "delete-test-clock": ["test_mode_only", "test_clock_in_use", "test_clock_busy"],
};

/** What any operation of this form may refuse: with an id in its path, with filters, with a body, with a key. */
function formErrors(operation: Operation): ErrorCode[] {
  const isRead = (place: "path" | "query") => operation.parameters.some((parameter) => parameter.in === place);
  return [
    ...(operation.body ? (["body_not_json", "body_not_object", "missing_field", "wrong_type"] as const) : []),
    ...(operation.body || isRead("query") ? (["unknown_field", "invalid_value", "text_unstorable"] as const) : []),
    ...(takesIdempotencyKey(operation) ? (["idempotency_key_invalid", "idempotency_in_progress"] as const) : []),
    "version_unknown",
    "unauthenticated",
    "forbidden",
    ...(isRead("path") ? (["not_found"] as const) : []),
    ...(operation.body ? (["body_too_large", "content_type_not_json"] as const) : []),
    ...(takesIdempotencyKey(operation) ? (["idempotency_key_reused"] as const) : []),
    "rate_limited",
    "internal_error",
  ];
}

export interface PossibleError {
  readonly code: ErrorCode;
  readonly status: number;
  /** Whether it is this operation's own, and not one that every request may meet. */
  readonly isOwn: boolean;
}

/** Own ones first, each kind by status. */
export function errorsOf(operation: Operation): PossibleError[] {
  const own = ownErrors[operation.slug] ?? [];
  const form = formErrors(operation).filter((code) => !own.includes(code));
  const list = (codes: readonly ErrorCode[], isOwn: boolean) =>
    codes.map((code) => ({ code, status: statusesOf(code).at(-1) ?? 500, isOwn })).sort((a, b) => a.status - b.status);
  return [...list(own, true), ...list(form, false)];
}

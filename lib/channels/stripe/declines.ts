import type { DeclineReason } from "../channel.ts";

/**
 * Stripe's decline codes (docs.stripe.com/declines/codes) and the error codes that stand for a decline
 * (docs.stripe.com/error-codes), in our words.
 */
const reasonByCode: Readonly<Record<string, DeclineReason>> = {
  amount_too_large: "limit_exceeded",
  amount_too_small: "limit_exceeded",
  approve_with_id: "card_declined",
  authentication_failure: "authentication_failed",
  authentication_not_handled: "authentication_failed",
  authentication_required: "authentication_failed",
  call_issuer: "card_declined",
  card_decline_rate_limit_exceeded: "limit_exceeded",
  card_declined: "card_declined",
  card_not_supported: "method_unavailable",
  card_velocity_exceeded: "limit_exceeded",
  charge_exceeds_transaction_limit: "limit_exceeded",
  currency_not_supported: "method_unavailable",
  do_not_honor: "card_declined",
  do_not_try_again: "card_declined",
  duplicate_transaction: "card_declined",
  expired_card: "card_expired",
  fraudulent: "suspected_fraud",
  generic_decline: "card_declined",
  highest_risk_level: "suspected_fraud",
  incorrect_address: "card_declined",
  incorrect_cvc: "incorrect_cvc",
  incorrect_number: "incorrect_number",
  incorrect_pin: "card_declined",
  incorrect_postal_code: "card_declined",
  incorrect_zip: "card_declined",
  insufficient_funds: "insufficient_funds",
  invalid_account: "card_declined",
  invalid_amount: "limit_exceeded",
  invalid_cvc: "incorrect_cvc",
  // A mistyped date reads like an old card to the issuer, and the shopper mends both in the same field.
  invalid_expiry_month: "card_expired",
  invalid_expiry_year: "card_expired",
  invalid_number: "incorrect_number",
  invalid_pin: "card_declined",
  issuer_not_available: "provider_error",
  live_mode_test_card: "rejected_by_provider",
  lost_card: "lost_or_stolen",
  merchant_blacklist: "suspected_fraud",
  mobile_device_authentication_required: "authentication_failed",
  new_account_information_available: "card_declined",
  no_action_taken: "card_declined",
  not_permitted: "card_declined",
  offline_pin_required: "card_declined",
  online_or_offline_pin_required: "card_declined",
  payment_intent_authentication_failure: "authentication_failed",
  payment_intent_payment_attempt_expired: "expired",
  payment_intent_payment_attempt_failed: "card_declined",
  payment_method_currency_mismatch: "method_unavailable",
  payment_method_customer_decline: "canceled_by_shopper",
  payment_method_not_available: "method_unavailable",
  payment_method_provider_decline: "card_declined",
  payment_method_provider_timeout: "provider_error",
  payment_method_unactivated: "method_unavailable",
  pickup_card: "lost_or_stolen",
  pin_try_exceeded: "card_declined",
  previously_declined_do_not_retry: "card_declined",
  processing_error: "provider_error",
  rate_limit: "provider_error",
  reenter_transaction: "provider_error",
  restricted_card: "lost_or_stolen",
  revocation_of_all_authorizations: "card_declined",
  revocation_of_authorization: "card_declined",
  security_violation: "card_declined",
  service_not_allowed: "card_declined",
  stolen_card: "lost_or_stolen",
  stop_payment_order: "card_declined",
  testmode_decline: "rejected_by_provider",
  three_d_secure_authentication_upstream_error: "provider_error",
  transaction_not_allowed: "card_declined",
  try_again_later: "provider_error",
  withdrawal_count_limit_exceeded: "limit_exceeded",
};

/**
 * Our reason for a declined card. The issuer's decline code says more than Stripe's error code, so it goes first; a code
 * that we have not met is a plain decline.
 */
export function cardDeclineReason(code: string | undefined, declineCode: string | undefined): DeclineReason {
  return known(declineCode) ?? known(code) ?? "card_declined";
}

/** Our reason for a request that Stripe refused outright, with no card network asked. */
export function refusalReason(code: string | undefined): DeclineReason {
  return known(code) ?? "rejected_by_provider";
}

function known(code: string | undefined): DeclineReason | undefined {
  return code !== undefined && Object.hasOwn(reasonByCode, code) ? reasonByCode[code] : undefined;
}

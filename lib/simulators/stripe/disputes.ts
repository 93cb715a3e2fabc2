import { move } from "./balance.ts";
import { newId } from "./ids.ts";
import type { TestCard } from "./test-cards.ts";
import { type Charge, type Dispute, referenceOf, seconds } from "./wire.ts";
import type { Call } from "./work.ts";

/** Minor units taken for each formal dispute, won or lost. */
const disputeFee = 1500;
const answerWithinS = 7 * 86_400;

const noEvidence: Dispute["evidence"] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** The bank takes the money back at once; an inquiry only asks, and moves none. */
export function openDispute(call: Call, charge: Charge, kind: NonNullable<TestCard["dispute"]>): void {
  const inquiry = kind === "inquiry";
  const id = newId("dispute");
  const dispute: Dispute & { object: "dispute" } = {
    id,
    object: "dispute",
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: seconds(call.now),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: seconds(call.now) + answerWithinS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: kind === "product_not_received" ? "product_not_received" : "fraudulent",
    status: inquiry ? "warning_needs_response" : "needs_response",
  };
  charge.disputed = true;
  call.work.put<"dispute">(dispute, null);
  call.work.emit("charge.dispute.created", dispute, [referenceOf(charge)]);
  if (inquiry) return;
  move(call, {
    type: "adjustment",
    amount: -charge.amount,
    fee: disputeFee,
    currency: charge.currency,
    source: id,
    description: `Chargeback withdrawal for ${charge.id}`,
  });
  call.work.emit("charge.dispute.funds_withdrawn", dispute, [referenceOf(charge)]);
}

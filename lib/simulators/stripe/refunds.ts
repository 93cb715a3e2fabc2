import { move } from "./balance.ts";
import { displayed } from "./currencies.ts";
import { invalidRequest, missing } from "./errors.ts";
import { newId } from "./ids.ts";
import type { CreateRefund } from "./params.ts";
import type { Reply } from "./reply.ts";
import { findObject, lockObject, objectsOfIntent } from "./store.ts";
import { cardByName } from "./test-cards.ts";
import { type Charge, idOf, type PaymentIntent, type Refund, referenceOf, type Stored, seconds } from "./wire.ts";
import type { Call, TaskKind } from "./work.ts";

/** How long "some time later" is for the test cards whose refunds end asynchronously. */
const laterMs = 3000;

/** A refund begins as succeeded or pending; `next` is what happens to it afterwards. */
interface Course {
  readonly status: "succeeded" | "pending";
  readonly next?: { readonly kind: TaskKind; readonly afterMs: number };
}

export async function createRefund(call: Call, params: CreateRefund): Promise<Reply> {
  const { intent, charge } = await chargeToRefund(call, params);
  const left = charge.body.amount_captured - refundedSoFar(charge.body);
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.body.id} has already been refunded.`, { code: "charge_already_refunded" });
  }
  if (charge.body.disputed && cardByName(charge.hidden.card).dispute !== "inquiry") {
    throw invalidRequest(`Charge ${charge.body.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  const amount = params.amount ?? left;
  if (amount < 1)
    throw invalidRequest("Invalid positive integer", { code: "parameter_invalid_integer", param: "amount" });
  if (amount > left) {
    const { currency } = charge.body;
    throw invalidRequest(
      `Refund amount (${displayed(amount, currency)}) is greater than unrefunded amount on charge (${displayed(left, currency)})`,
      { param: "amount" },
    );
  }

  const refund = refundOf(call, params, charge.body, amount);
  const references = [referenceOf(refund), referenceOf(intent)];
  const course = await courseOf(call, charge, references);
  refund.status = course.status;
  if (course.status === "pending") refund.pending_reason = "processing";
  if (course.next) call.work.later(course.next.kind, refund.id, course.next.afterMs);
  refund.balance_transaction = move(call, {
    type: "refund",
    amount: -amount,
    fee: 0,
    currency: refund.currency,
    source: refund.id,
    description: `REFUND FOR CHARGE (${charge.body.description ?? charge.body.id})`,
  });
  addRefunded(charge.body, amount);
  call.work.put<"refund">(refund, null);
  call.work.put<"charge">(charge.body, charge.hidden);
  call.work.emit("refund.created", refund, references);
  call.work.emit("charge.refunded", charge.body, references);
  return { status: 200, body: refund };
}

async function courseOf(call: Call, charge: Stored<"charge">, references: (string | undefined)[]): Promise<Course> {
  const slow = await call.fault(["slow_refund"], references);
  const afterMs = slow?.delayMs ?? laterMs;
  if (await call.fault(["fail_refund"], references))
    return { status: "pending", next: { kind: "refund_fails", afterMs } };
  const behaviour = cardByName(charge.hidden.card).refund;
  // Documented for this card: the refund looks successful first and fails afterwards.
  if (behaviour === "fails_later") return { status: "succeeded", next: { kind: "refund_fails", afterMs } };
  if (slow || behaviour === "succeeds_later") return { status: "pending", next: { kind: "refund_succeeds", afterMs } };
  return { status: "succeeded" };
}

/** The task of a pending refund, or of one that only looked successful. */
export async function settleRefund(call: Call, id: string, outcome: "refund_succeeds" | "refund_fails"): Promise<void> {
  const found = await findObject(call.tx, call.account.id, "refund", id);
  const intentId = found && idOf(found.body.payment_intent);
  const intent = intentId && (await lockObject(call.tx, call.account.id, "payment_intent", intentId));
  if (!found || !intent) return;
  const refund = found.body;
  const references = [referenceOf(refund), referenceOf(intent.body)];
  delete refund.pending_reason;
  if (outcome === "refund_succeeds") {
    refund.status = "succeeded";
    call.work.put<"refund">(refund, null);
    call.work.emit("refund.updated", refund, references, { status: "pending" });
    call.work.emit("charge.refund.updated", refund, references, { status: "pending" });
    return;
  }
  const previous = { status: refund.status };
  const charges = await objectsOfIntent(call.tx, "charge", intent.body.id);
  const charge = charges.find(({ body }) => body.id === idOf(refund.charge));
  if (!charge) throw new Error(`${refund.id} refunds no charge`);
  refund.status = "failed";
  refund.failure_reason = "expired_or_canceled_card";
  refund.failure_balance_transaction = move(call, {
    type: "refund_failure",
    amount: refund.amount,
    fee: 0,
    currency: refund.currency,
    source: refund.id,
    description: `REFUND FAILURE (${charge.body.id})`,
  });
  addRefunded(charge.body, -refund.amount);
  call.work.put<"refund">(refund, null);
  call.work.put<"charge">(charge.body, charge.hidden);
  call.work.emit("refund.failed", refund, references, previous);
  call.work.emit("charge.refund.updated", refund, references, previous);
}

/** `amount_refunded` also counts what was authorised and never captured. */
function refundedSoFar(charge: Charge): number {
  return charge.amount_refunded - (charge.amount - charge.amount_captured);
}

function addRefunded(charge: Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
}

async function chargeToRefund(
  call: Call,
  params: CreateRefund,
): Promise<{ intent: PaymentIntent; charge: Stored<"charge"> }> {
  const { accountId, tx } = { accountId: call.account.id, tx: call.tx };
  let intentId = params.payment_intent;
  if (params.charge) {
    const named = await findObject(tx, accountId, "charge", params.charge);
    if (!named) throw missing("charge", params.charge, "charge");
    const owner = idOf(named.body.payment_intent);
    if (intentId && owner !== intentId) {
      throw invalidRequest("The charge does not belong to the payment_intent.", { param: "charge" });
    }
    intentId = owner;
  }
  if (!intentId) {
    throw invalidRequest("One of the following params should be provided for this request: payment_intent or charge.");
  }
  const intent = await lockObject(tx, accountId, "payment_intent", intentId);
  if (!intent) throw missing("payment_intent", intentId, "payment_intent");
  const charges = await objectsOfIntent(tx, "charge", intentId);
  const charge = charges.find(({ body }) => body.status === "succeeded" && body.captured);
  if (!charge) {
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      code: "payment_intent_unexpected_state",
    });
  }
  return { intent: intent.body, charge };
}

function refundOf(call: Call, params: CreateRefund, charge: Charge, amount: number): Refund & { object: "refund" } {
  return {
    id: newId("refund"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: seconds(call.now),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "pending",
    transfer_reversal: null,
  };
}

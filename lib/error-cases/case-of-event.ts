import type { CaseEnding, CaseKind } from "#db/schema/error-cases";

/** An event as far as it may speak of an error case. */
export interface CaseEvent {
  readonly type: string;
  readonly objectId: string;
  readonly orderId: string | null;
  /** The object as the API showed it. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  /** Of a failed refund: whether the channel had paid it out before. */
  readonly hadSucceeded: boolean;
}

interface Opening {
  readonly kind: CaseKind;
  readonly objectId: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

interface Ending {
  readonly kind: CaseKind;
  readonly objectId: string;
  readonly ending: CaseEnding;
  readonly outcome: Readonly<Record<string, unknown>>;
}

export interface CaseChange {
  readonly opens: readonly Opening[];
  readonly ends: readonly Ending[];
}

/** What makes a case, or ends one; other events are not even read. */
export const caseEvents = [
  "order.late_payment",
  "order.surplus_payment",
  "order.amount_mismatch",
  "refund.amount_mismatch",
  "refund.failed",
  "refund.succeeded",
] as const;

const nothing: CaseChange = { opens: [], ends: [] };

const kindOfSource: Readonly<Record<string, CaseKind>> = {
  late: "late_payment",
  surplus: "second_payment",
  mismatch: "wrong_amount",
};

const kindOfEvent: Readonly<Record<string, CaseKind>> = {
  "order.late_payment": "late_payment",
  "order.surplus_payment": "second_payment",
  "order.amount_mismatch": "wrong_amount",
};

/** Which cases an event opens and ends: pure, so that it can be followed again. */
export function caseOfEvent(event: CaseEvent): CaseChange {
  const payment = kindOfEvent[event.type];
  if (payment) return unexpectedPayment(event, payment);
  if (event.type === "refund.amount_mismatch") return opened("refund_wrong_amount", event, refundFacts(event));
  if (event.type === "refund.failed") return failedRefund(event);
  return event.type === "refund.succeeded" ? succeededRefund(event) : nothing;
}

function opened(kind: CaseKind, { objectId }: CaseEvent, evidence: Record<string, unknown>): CaseChange {
  return { opens: [{ kind, objectId, evidence }], ends: [] };
}

function unexpectedPayment({ data, createdAt }: CaseEvent, kind: CaseKind): CaseChange {
  const attempt = (data.attempt ?? {}) as Record<string, unknown>;
  const objectId = String(attempt.id ?? data.latest_attempt ?? data.id);
  const evidence = {
    order_amount: data.amount,
    order_currency: data.currency,
    order_status: data.status,
    attempt: objectId,
    received_amount: attempt.amount_received ?? data.amount_captured,
    received_currency: attempt.currency ?? data.currency,
    channel: attempt.channel,
    channel_account: attempt.channel_account,
    provider_reference: attempt.provider_reference,
    happened_at: createdAt.toISOString(),
  };
  const opens = [{ kind, objectId, evidence: known(evidence) }];
  if (data.accepted !== true) return { opens, ends: [] };
  return { opens, ends: [{ kind, objectId, ending: "accepted_by_policy", outcome: { order: data.id } }] };
}

function refundFacts({ data, createdAt }: CaseEvent): Record<string, unknown> {
  return known({
    refund: data.id,
    attempt: data.attempt,
    amount: data.amount,
    currency: data.currency,
    source: data.source,
    failure_code: data.failure_code,
    provider_reference: data.provider_reference,
    happened_at: createdAt.toISOString(),
  });
}

/** One that the merchant asked for and that failed is the merchant's everyday business. */
function failedRefund(event: CaseEvent): CaseChange {
  if (event.hadSucceeded) return opened("refund_taken_back", event, refundFacts(event));
  return String(event.data.source) in kindOfSource ? opened("return_failed", event, refundFacts(event)) : nothing;
}

function succeededRefund(event: CaseEvent): CaseChange {
  const { data, objectId } = event;
  const outcome = refundFacts(event);
  const kind = kindOfSource[String(data.source)];
  const ends: Ending[] = (["return_failed", "refund_wrong_amount", "refund_taken_back"] as const).map((one) => ({
    kind: one,
    objectId,
    ending: "settled_by_itself",
    outcome,
  }));
  if (kind) ends.push({ kind, objectId: String(data.attempt), ending: "returned_by_itself", outcome });
  return { opens: [], ends };
}

function known(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== null));
}

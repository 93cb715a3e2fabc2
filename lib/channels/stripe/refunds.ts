import type Stripe from "stripe";
import type { CallOptions, ChannelAccount, RefundOutcome, RefundRequest } from "../channel.ts";
import { toWire } from "./amounts.ts";
import { type Answer, ask } from "./client.ts";
import { findPayment } from "./find-payment.ts";
import { refundOutcome, refusedRefund } from "./mapper.ts";
import { unknown } from "./payments.ts";
import type { RefundMetadata, StripeCredentials } from "./wire.ts";

type Account = ChannelAccount<StripeCredentials>;

const pageSize = 100;
/** A payment with more refunds than this is no payment of ours: each is at least a minor unit and has its own row. */
const maxPages = 10;
/** How many refusals for a short balance one refund is asked past before the newest one is believed. */
const maxKeys = 10;
const maxMetadataLength = 500;

/** What could be learnt, or the outcome that not learning it amounts to. */
type Learnt<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly outcome: RefundOutcome };

/**
 * Refunds once, however often it is called. Stripe forgets an idempotency key after a day, so an earlier refund with our
 * id in its metadata is looked for first.
 */
export async function refund(account: Account, request: RefundRequest, options: CallOptions): Promise<RefundOutcome> {
  const amount = toWire(request.refundAmount);
  if (amount === undefined) return { kind: "failed", providerCode: "amount_not_representable", retryable: false };
  const intent = await intentOf(account, request, options);
  if (!intent.known) return intent.outcome;
  const earlier = await refundsOf(account, intent.value, request.refundReference, options);
  if (!earlier.known) return earlier.outcome;
  const standing = thatStands(earlier.value);
  if (standing) return standing;
  const create: Stripe.RefundCreateParams = {
    payment_intent: intent.value,
    amount,
    metadata: {
      reference: request.reference,
      refund: request.refundReference,
      ...(request.reason && { reason: request.reason.slice(0, maxMetadataLength) }),
    } satisfies RefundMetadata,
  };
  return createOnce(account, create, request.refundReference, earlier.value.length, options);
}

/**
 * Stripe answers a repeated key with the stored answer, a refusal for a short balance too, so the same request could never
 * succeed later. A stored refusal says that its key made no refund: the next key in line may be tried, and a call that lost
 * its answer meets the same keys in the same order.
 */
async function createOnce(
  account: Account,
  create: Stripe.RefundCreateParams,
  refundReference: string,
  firstKey: number,
  options: CallOptions,
): Promise<RefundOutcome> {
  let outcome: RefundOutcome = { kind: "unknown", cause: "not sent" };
  for (let key = firstKey; key < firstKey + maxKeys; key++) {
    const idempotencyKey = key === 0 ? refundReference : `${refundReference}_${key}`;
    const answer = await ask(account, options, (stripe, requestOptions) =>
      stripe.refunds.create(create, { ...requestOptions, idempotencyKey }),
    );
    outcome = createdOutcome(answer);
    const repeatedRefusal = answer.kind === "refused" && answer.replayed;
    if (!repeatedRefusal || outcome.kind !== "failed" || !outcome.retryable) return outcome;
  }
  return outcome;
}

function createdOutcome(answer: Answer<Stripe.Refund>): RefundOutcome {
  switch (answer.kind) {
    case "answered":
      return refundOutcome(answer.value);
    case "refused":
      return refusedRefund(answer);
    case "lost":
      return unknown(answer);
  }
}

/** Where a refund stands. One that Stripe has never seen may be sent again: the idempotency key guards a late arrival. */
export async function queryRefund(
  account: Account,
  request: RefundRequest,
  options: CallOptions,
): Promise<RefundOutcome> {
  const intent = await intentOf(account, request, options);
  if (!intent.known) return intent.outcome;
  const refunds = await refundsOf(account, intent.value, request.refundReference, options);
  if (!refunds.known) return refunds.outcome;
  const [newest] = refunds.value;
  return thatStands(refunds.value) ?? (newest ? refundOutcome(newest) : notFound);
}

const notFound: RefundOutcome = { kind: "failed", providerCode: "refund_not_found", retryable: true };

/** The refund that counts: any but those that failed for a reason which a new try may mend. */
function thatStands(refunds: readonly Stripe.Refund[]): RefundOutcome | undefined {
  return refunds
    .map((candidate) => refundOutcome(candidate))
    .find((outcome) => outcome.kind !== "failed" || !outcome.retryable);
}

/** What Stripe holds of a payment under our refund id, newest first. */
async function refundsOf(
  account: Account,
  intent: string,
  refundReference: string,
  options: CallOptions,
): Promise<Learnt<readonly Stripe.Refund[]>> {
  const refunds: Stripe.Refund[] = [];
  let startingAfter: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const answer = await ask(account, options, (stripe, requestOptions) =>
      stripe.refunds.list(
        { payment_intent: intent, limit: pageSize, ...(startingAfter && { starting_after: startingAfter }) },
        requestOptions,
      ),
    );
    if (answer.kind === "lost") return notLearnt(answer.cause);
    // Only a look: a refusal to show refunds says nothing about them.
    if (answer.kind === "refused") return notLearnt(`refused: ${answer.code ?? answer.status}`);
    refunds.push(...answer.value.data.filter((candidate) => candidate.metadata?.refund === refundReference));
    if (!answer.value.has_more) return { known: true, value: refunds };
    startingAfter = answer.value.data.at(-1)?.id;
  }
  return notLearnt(`more than ${maxPages * pageSize} refunds`);
}

async function intentOf(account: Account, request: RefundRequest, options: CallOptions): Promise<Learnt<string>> {
  if (request.providerReference) return { known: true, value: request.providerReference };
  const found = await findPayment(account, request, options);
  switch (found.kind) {
    case "found":
      return { known: true, value: found.intent.id };
    case "absent":
      return { known: false, outcome: { kind: "failed", providerCode: "payment_not_found", retryable: false } };
    case "lost":
      return notLearnt(found.cause);
  }
}

function notLearnt(cause: string): { readonly known: false; readonly outcome: RefundOutcome } {
  return { known: false, outcome: { kind: "unknown", cause } };
}

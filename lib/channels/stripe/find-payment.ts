import type Stripe from "stripe";
import type { CallOptions, ChannelAccount, PaymentReference } from "../channel.ts";
import { ask, type Lost, type Refusal } from "./client.ts";
import { type StripeCredentials, toUnix } from "./wire.ts";

/** `absent` is definite for everything that Stripe had accepted when we asked. */
export type Found =
  | { readonly kind: "found"; readonly intent: Stripe.PaymentIntent }
  | { readonly kind: "absent" }
  | Lost;

const pageSize = 100;
const maxPages = 20;

/**
 * What search may not know yet: new objects appear within a minute, "up to an hour" behind in an outage
 * (docs.stripe.com/search). Listing is consistent, so it covers twice that.
 */
const searchLagMs = 2 * 60 * 60 * 1000;

/** Cards and charges come along: a payment's details and its time are there. */
const expand = ["latest_charge"];

/**
 * The PaymentIntent of one of our payments: by Stripe's id, or by our reference in its metadata when the answer that would
 * have carried the id was lost. Never creates one.
 */
export async function findPayment(
  account: ChannelAccount<StripeCredentials>,
  payment: PaymentReference,
  options: CallOptions,
): Promise<Found> {
  if (payment.providerReference) return retrieve(account, payment.providerReference, options);
  const searched = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentIntents.search({ query: `metadata['reference']:'${payment.reference}'`, limit: 1 }, requestOptions),
  );
  if (searched.kind === "lost") return searched;
  if (searched.kind === "answered") {
    const [hit] = searched.value.data;
    // The index may also be behind on the status of what it knows.
    if (hit) return retrieve(account, hit.id, options);
    return scan(account, payment.reference, { gte: toUnix(new Date(options.now.getTime() - searchLagMs)) }, options);
  }
  // Search is not offered in every country; without it only the whole list can say "absent".
  return searched.status === 429 ? lostBy(searched) : scan(account, payment.reference, undefined, options);
}

async function retrieve(account: ChannelAccount<StripeCredentials>, id: string, options: CallOptions): Promise<Found> {
  const answer = await ask(account, options, (stripe, requestOptions) =>
    stripe.paymentIntents.retrieve(id, { expand }, requestOptions),
  );
  if (answer.kind === "answered") return { kind: "found", intent: answer.value };
  // Stripe gave us this id, so "no such payment" speaks of the wrong keys and not of the payment.
  return answer.kind === "refused" ? lostBy(answer) : answer;
}

/** Newest first, and no further than a bounded number of pages: past that, not finding it says nothing. */
async function scan(
  account: ChannelAccount<StripeCredentials>,
  reference: string,
  created: { gte: number } | undefined,
  options: CallOptions,
): Promise<Found> {
  let startingAfter: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const answer = await ask(account, options, (stripe, requestOptions) =>
      stripe.paymentIntents.list(
        {
          limit: pageSize,
          expand: expand.map((field) => `data.${field}`),
          ...(created && { created }),
          ...(startingAfter && { starting_after: startingAfter }),
        },
        requestOptions,
      ),
    );
    if (answer.kind === "refused") return lostBy(answer);
    if (answer.kind === "lost") return answer;
    const intent = answer.value.data.find((candidate) => candidate.metadata.reference === reference);
    if (intent) return { kind: "found", intent };
    if (!answer.value.has_more) return { kind: "absent" };
    startingAfter = answer.value.data.at(-1)?.id;
  }
  return { kind: "lost", cause: `not among the ${maxPages * pageSize} latest payments` };
}

function lostBy(refusal: Refusal): Lost {
  return { kind: "lost", cause: `refused: ${refusal.code ?? refusal.type ?? `http_${refusal.status}`}` };
}

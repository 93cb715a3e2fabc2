import type Stripe from "stripe";
import type { CallOptions, ChannelAccount, StatementLine } from "../channel.ts";
import { fromWire } from "./amounts.ts";
import { ask } from "./client.ts";
import { expanded, fromUnix, idOf, type StripeCredentials, toUnix } from "./wire.ts";

const pageSize = 100;
/** Two million rows a day and account; past that the reporting API has to take over. */
const maxPages = 20_000;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The balance transactions of one UTC day, newest first (docs.stripe.com/api/balance_transactions). Amounts are in the
 * currency in which Stripe settles, which may not be the one the shopper paid in.
 *
 * @throws Error when a page can't be had: a statement with a hole must not look complete
 */
export async function* statement(
  account: ChannelAccount<StripeCredentials>,
  date: string,
  options: CallOptions,
): AsyncGenerator<StatementLine> {
  const start = new Date(`${date}T00:00:00Z`);
  const created = { gte: toUnix(start), lt: toUnix(new Date(start.getTime() + dayMs)) };
  let startingAfter: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const answer = await ask(account, options, (stripe, requestOptions) =>
      stripe.balanceTransactions.list(
        { created, limit: pageSize, expand: ["data.source"], ...(startingAfter && { starting_after: startingAfter }) },
        requestOptions,
      ),
    );
    if (answer.kind === "lost") throw new Error(`Stripe's statement of ${date}: ${answer.cause}`);
    if (answer.kind === "refused") throw new Error(`Stripe's statement of ${date}: ${answer.code ?? answer.status}`);
    yield* answer.value.data.map(statementLine);
    if (!answer.value.has_more) return;
    startingAfter = answer.value.data.at(-1)?.id;
  }
  throw new Error(`Stripe's statement of ${date} is longer than ${maxPages * pageSize} rows`);
}

export function statementLine(transaction: Stripe.BalanceTransaction): StatementLine {
  const source = expanded<Stripe.BalanceTransactionSource>(transaction.source);
  return {
    kind: kindOf(transaction.type),
    ...referencesOf(source),
    providerReference: providerReferenceOf(source) ?? idOf(transaction.source) ?? transaction.id,
    amount: fromWire(transaction.amount, transaction.currency),
    // Stripe counts what it took as positive.
    fee: -fromWire(transaction.fee, transaction.currency).minor,
    at: fromUnix(transaction.created),
    raw: rawOf(transaction),
  };
}

function kindOf(type: Stripe.BalanceTransaction.Type): StatementLine["kind"] {
  switch (type) {
    case "charge":
    case "payment":
      return "payment";
    // A failed refund comes back as its own row with the opposite sign.
    case "refund":
    case "payment_refund":
    case "refund_failure":
      return "refund";
    case "stripe_fee":
    case "stripe_fx_fee":
    case "tax_fee":
    case "application_fee":
    case "application_fee_refund":
      return "fee";
    case "payout":
    case "payout_cancel":
    case "payout_failure":
      return "payout";
    // Disputes, and bank debits that failed after they had succeeded.
    case "adjustment":
    case "payment_failure_refund":
    case "payment_reversal":
      return "adjustment";
    default:
      return "other";
  }
}

function referencesOf(source: Stripe.BalanceTransactionSource | undefined): {
  reference?: string;
  refundReference?: string;
} {
  if (source?.object !== "charge" && source?.object !== "refund") return {};
  const { reference, refund } = source.metadata ?? {};
  return { ...(reference && { reference }), ...(refund && { refundReference: refund }) };
}

/** A charge is known to us by its PaymentIntent, everything else by its own id. */
function providerReferenceOf(source: Stripe.BalanceTransactionSource | undefined): string | undefined {
  return source?.object === "charge" ? (idOf(source.payment_intent) ?? source.id) : undefined;
}

function rawOf(transaction: Stripe.BalanceTransaction): Record<string, string> {
  return {
    id: transaction.id,
    type: transaction.type,
    reporting_category: transaction.reporting_category,
    source: idOf(transaction.source) ?? "",
    amount: String(transaction.amount),
    fee: String(transaction.fee),
    net: String(transaction.net),
    currency: transaction.currency,
    exchange_rate: transaction.exchange_rate === null ? "" : String(transaction.exchange_rate),
    status: transaction.status,
    created: String(transaction.created),
    available_on: String(transaction.available_on),
  };
}

import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { loadAccount } from "#lib/channel-accounts/load-account";
import { noteCall } from "#lib/channel-accounts/note-calls";
import type { Flow, Method, PayOutcome, PayRequest } from "#lib/channels/channel";
import { crashpoint } from "#lib/kernel/crashpoint";
import type { CurrencyCode } from "#lib/kernel/currency";
import { InvalidParam } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";
import { money } from "#lib/kernel/money";
import { asksForCards, findBlock, openLists, recordRefusal } from "#lib/lists/check-payment";
import { PaymentRefused } from "#lib/lists/errors";
import { type BrowserNames, browserNames } from "#lib/lists/match";
import { routableAccounts } from "#lib/maintenance/routable-accounts";
import { requireWithinLimits } from "#lib/merchants/limits";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { requireTrading } from "#lib/merchants/may-trade";
import { OrderNotOpen } from "#lib/orders/errors";
import { checkoutUrl, type Order } from "#lib/orders/order-json";
import { lockOrder, updateOrder } from "#lib/orders/store";
import { type Applied, applyOutcome } from "./apply-outcome.ts";
import type { Attempt } from "./attempt-json.ts";
import { hasLostAction, nextQueryDelayMs } from "./attempt-state.ts";
import { cardFingerprint } from "./card-fingerprint.ts";
import { type Offer, offersFor, type ShopperSurroundings } from "./choose-account.ts";
import { AttemptInProgress, MethodUnavailable } from "./errors.ts";
import { notifyUrl } from "./notify-url.ts";
import { attemptsOf, insertAttempt } from "./store.ts";

const payTimeoutMs = 10_000;

export interface StartAttempt {
  readonly orderId: string;
  readonly method: Method;
  /** The best one for the device when undefined. */
  readonly flow?: Flow;
  readonly surroundings: ShopperSurroundings;
  readonly ip: string;
  readonly userAgent: string;
  readonly walletUserId?: string;
  /** The cookie by which the checkout knows the browser again. */
  readonly browser?: string;
  /** The provider's token of a card; goes to the provider and nowhere else. */
  readonly token?: string;
}

/**
 * One try to pay: writes it down, calls the provider, books the answer. Between the two transactions nothing is held;
 * should the process die there, the sweep asks the provider with the same reference.
 *
 * @throws PaymentRefused when a list blocks the shopper
 * @throws MerchantSuspended, MerchantNotApproved, LimitExceeded
 * @throws OrderNotOpen, MethodUnavailable, AttemptInProgress while an earlier try may still have taken the money
 */
export async function startAttempt(ctx: Context, input: StartAttempt): Promise<Applied> {
  const { open: accounts } = await routableAccounts(ctx);
  const merchant = await loadMerchant(ctx);
  requireTrading(merchant, ctx.livemode);
  const lists = await openLists(ctx);
  const card = asksForCards(lists) ? await cardFingerprint(ctx, accounts, input) : undefined;
  const browser = input.browser ? await browserNames(ctx, input.browser) : undefined;

  const begun = await ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, input.orderId);
    if (order.status !== "pending" && order.status !== "processing") throw new OrderNotOpen(order.status);
    if (order.expiresAt <= tx.now) throw new OrderNotOpen("expired");
    const offer = offersFor(order, accounts, input.surroundings).find(
      (candidate) => candidate.method === input.method && (!input.flow || candidate.flow === input.flow),
    );
    if (!offer) throw new MethodUnavailable(input.method);
    if (merchant.limits) await requireWithinLimits(tx.ctx, merchant, { ...order, method: input.method });
    requireInputs(offer.flow, input);
    const { id: customer, email } = order.customer ?? {};
    const traces = { ip: input.ip, email, customer, browser: input.browser, card };
    const block = lists && (await findBlock(tx, lists, traces));
    if (block) {
      await recordRefusal(tx, order.id, input.method, block);
      return undefined;
    }

    const earlier = order.latestAttemptId ? await attemptsOf(tx, order.id) : [];
    const busy = earlier.find((attempt) => isBusy(attempt));
    if (busy) throw new AttemptInProgress(busy.id);
    const same = reusable(earlier, offer);
    return same ? { order, attempt: same } : beginAttempt(tx, order, offer, input, browser);
  });
  // Only now: thrown inside, it would undo the record.
  if (!begun) throw new PaymentRefused();
  if (begun.attempt.status === "requires_action") return { ...begun, result: "repeated" };

  const outcome = await callChannel(ctx, begun.order, begun.attempt, input);
  crashpoint("after-channel-answer");
  const applied = await applyOutcome(ctx, begun.attempt.id, outcome);
  crashpoint("after-attempt-commit");
  return applied;
}

function requireInputs(flow: Flow, input: StartAttempt): void {
  if (flow === "card_fields" && !input.token) throw new InvalidParam("token_required", "token");
  if (flow === "wallet_sdk" && !input.walletUserId) throw new InvalidParam("wallet_user_id_required", "wallet_user_id");
}

/** Somebody may be paying it at this moment. */
function isBusy(attempt: Attempt): boolean {
  const underWay = attempt.status === "created" || attempt.status === "unknown" || attempt.status === "processing";
  return underWay && !hasLostAction(attempt);
}

/** A code that is still good is shown again, and one that was lost is asked for again; a card is always a new try. */
function reusable(earlier: readonly Attempt[], offer: Offer): Attempt | undefined {
  if (offer.flow === "card_fields") return undefined;
  return earlier.findLast(
    (attempt) =>
      (attempt.status === "requires_action" || hasLostAction(attempt)) &&
      attempt.method === offer.method &&
      attempt.flow === offer.flow &&
      attempt.channelAccountId === offer.open.row.id,
  );
}

async function beginAttempt(
  tx: Tx,
  order: Order,
  offer: Offer,
  input: StartAttempt,
  browser: BrowserNames | undefined,
): Promise<{ order: Order; attempt: Attempt }> {
  const attempt = newAttempt(tx, order, offer, input, browser);
  const { id, method, flow } = attempt;
  const [, changed] = await Promise.all([
    insertAttempt(tx, attempt),
    updateOrder(tx, order, { latestAttemptId: id }),
    recordAudit(tx, "attempt.start", id, { order: order.id, method, flow }),
  ]);
  return { order: changed, attempt };
}

function newAttempt(
  tx: Tx,
  order: Order,
  offer: Offer,
  input: StartAttempt,
  browser: BrowserNames | undefined,
): Attempt {
  return {
    merchantId: tx.merchantId,
    id: newId("attempt", tx.merchantId, tx.now.getTime()),
    livemode: tx.livemode,
    orderId: order.id,
    channel: offer.open.channel.name,
    channelAccountId: offer.open.row.id,
    method: offer.method,
    flow: offer.flow,
    status: "created",
    amount: order.amount,
    currency: order.currency,
    captureMethod: order.captureMethod,
    action: null,
    shopper: { device: input.surroundings.device, locale: tx.ctx.locale, ...browser },
    providerReference: null,
    declineReason: null,
    providerCode: null,
    details: null,
    amountReceived: 0n,
    amountRefundReserved: 0n,
    fee: 0n,
    disposition: null,
    pendingOperation: null,
    operationAmount: null,
    queryCount: 0,
    nextQueryAt: new Date(tx.now.getTime() + payTimeoutMs + nextQueryDelayMs("created", 2)),
    alert: false,
    succeededAt: null,
    createdAt: tx.now,
    updatedAt: null,
  };
}

async function callChannel(ctx: Context, order: Order, attempt: Attempt, input: StartAttempt): Promise<PayOutcome> {
  const { channel, account } = await loadAccount(ctx, attempt.channelAccountId);
  const request: PayRequest = {
    reference: attempt.id,
    orderId: order.id,
    method: input.method,
    flow: attempt.flow as Flow,
    amount: money(attempt.amount, attempt.currency as CurrencyCode),
    subject: order.subject,
    captureMethod: attempt.captureMethod,
    expiresAt: order.expiresAt,
    notifyUrl: notifyUrl(attempt.channelAccountId),
    returnUrl: `${checkoutUrl(order.id)}?attempt=${attempt.id}`,
    shopper: {
      ip: input.ip,
      userAgent: input.userAgent,
      device: input.surroundings.device,
      locale: ctx.locale,
      ...(input.walletUserId && { walletUserId: input.walletUserId }),
      ...(input.token && { token: input.token }),
    },
  };
  const startedAt = performance.now();
  const outcome = await channel
    .pay(account, request, { now: ctx.now, requestId: ctx.requestId, timeoutMs: payTimeoutMs })
    .catch((error: unknown): PayOutcome => {
      // An adapter does not throw on what a provider says; whatever this is, the call may have gone out.
      log.error({ err: error, attempt: attempt.id }, "channel call failed");
      return { kind: "unknown", cause: "adapter_error" };
    });
  noteCall({
    merchantId: ctx.merchantId,
    livemode: ctx.livemode,
    accountId: attempt.channelAccountId,
    durationMs: performance.now() - startedAt,
    isLost: outcome.kind === "unknown",
    at: ctx.realNow,
  });
  return outcome;
}

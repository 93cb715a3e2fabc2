import { and, eq } from "drizzle-orm";
import { channelNotifications } from "#db/schema/inbox";
import { rowOf, statement } from "#db/statement";
import { type Context, openContext, type Tx } from "#db/tenancy";
import { applyOutcome } from "#lib/attempts/apply-outcome";
import { getAttempt } from "#lib/attempts/store";
import { accountMode, loadAccount } from "#lib/channel-accounts/load-account";
import {
  BadNotification,
  type ChannelNotification,
  type RawNotification,
  type WireAnswer,
} from "#lib/channels/channel";
import { openCase } from "#lib/error-cases/open-case";
import { crashpoint } from "#lib/kernel/crashpoint";
import { NotFound } from "#lib/kernel/errors";
import { merchantIdOf, newId } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";
import { redactCardNumbers } from "#lib/kernel/redact";
import { settleRefund } from "#lib/refunds/settle-refund";
import { getRefund } from "#lib/refunds/store";
import { atTestTime } from "#lib/test-clock/at-test-time";

/** Bytes of a notification that are kept for the order's timeline. */
const keptBody = 16_384;

/**
 * Takes in what a provider reports: verifies over the raw bytes, then writes the row and its effect in one transaction,
 * once per event of the provider. A repetition is accepted and does nothing; what can't be verified or speaks of
 * nothing of ours is refused in the provider's own words, and nothing is written.
 *
 * @throws NotFound when the address names no channel account
 */
export async function receiveNotification(
  input: { channelAccountId: string; requestId: string },
  raw: RawNotification,
): Promise<WireAnswer> {
  const merchantId = merchantIdOf("channelAccount", input.channelAccountId);
  if (!merchantId) throw new NotFound("channel_account");
  const actor = { type: "channel", id: input.channelAccountId } as const;
  const scope = { merchantId, requestId: input.requestId, actor };
  const livemode = await accountMode(openContext({ ...scope, livemode: false }), input.channelAccountId);
  const ctx = await atTestTime(openContext({ ...scope, livemode }));
  const { channel, account } = await loadAccount(ctx, input.channelAccountId);

  let notification: ChannelNotification;
  try {
    notification = await channel.readNotification(account, raw, { now: ctx.now });
  } catch (error) {
    if (!(error instanceof BadNotification)) throw error;
    log.warn({ account: account.id, reason: error.reason, err: error }, "notification refused");
    return channel.acknowledge(false);
  }

  const result = await store(ctx, account.id, notification, raw);
  if (result === "unknown_reference") await openForeignCase(ctx, account.id, notification);
  crashpoint("after-notification-commit");
  return channel.acknowledge(result !== "unknown_reference");
}

const dayMs = 86_400_000;

/** Money may have moved that we know nothing of. One case an account and day: the provider repeats itself. */
export async function openForeignCase(
  ctx: Context,
  accountId: string,
  notification: ChannelNotification,
): Promise<void> {
  log.warn({ account: accountId }, "notification about nothing of ours");
  const day = new Date(Math.floor(ctx.realNow.getTime() / dayMs) * dayMs).toISOString().slice(0, 10);
  const reference = notification.kind === "payment" ? notification.reference : undefined;
  const refund = notification.kind === "refund" ? notification.refundReference : undefined;
  await ctx.transaction((tx) =>
    openCase(tx, {
      kind: "unknown_reference",
      objectId: `${accountId}:${day}`,
      evidence: {
        channel_account: accountId,
        notification: notification.eventId,
        ...(reference && { reference: reference.slice(0, 100) }),
        ...(refund && { refund_reference: refund.slice(0, 100) }),
      },
    }),
  );
}

const insertNotification = statement((db, value: typeof channelNotifications.$inferSelect) =>
  db
    .insert(channelNotifications)
    .values(rowOf(channelNotifications, value))
    .onConflictDoNothing()
    .returning({ id: channelNotifications.id }),
);

type Result = "applied" | "repeated" | "mismatch" | "contradiction" | "ignored" | "unknown_reference";

async function store(
  ctx: Context,
  channelAccountId: string,
  notification: ChannelNotification,
  raw: RawNotification,
): Promise<Result> {
  return ctx.transaction(async (tx) => {
    const subject = await findSubject(tx, channelAccountId, notification);
    if (!subject) return "unknown_reference";
    const [row] = await insertNotification(tx, {
      merchantId: tx.merchantId,
      id: newId("notification", tx.merchantId, tx.now.getTime()),
      livemode: tx.livemode,
      channelAccountId,
      providerEventId: notification.eventId,
      kind: notification.kind === "ignored" ? notification.type : notification.kind,
      reference: subject.reference,
      orderId: subject.orderId,
      result: notification.kind === "ignored" ? "ignored" : "applied",
      body: redactCardNumbers(raw.body.subarray(0, keptBody).toString("utf8").replaceAll("\u0000", "")),
      receivedAt: tx.now,
    });
    if (!row) return "repeated";
    const result = await takeEffect(tx, notification);
    if (result !== "applied" && result !== "ignored") {
      const own = and(eq(channelNotifications.merchantId, tx.merchantId), eq(channelNotifications.id, row.id));
      await tx.db.update(channelNotifications).set({ result }).where(own);
    }
    return result;
  });
}

async function takeEffect(tx: Tx, notification: ChannelNotification): Promise<Result> {
  switch (notification.kind) {
    case "payment":
      return (await applyOutcome(tx.ctx, notification.reference, notification.outcome, "told")).result;
    case "refund":
      return (await settleRefund(tx.ctx, notification.refundReference, notification.outcome, "told")).result;
    case "ignored":
      return "ignored";
  }
}

/** The order spoken of; undefined when it is not of this account. */
async function findSubject(
  tx: Tx,
  channelAccountId: string,
  notification: ChannelNotification,
): Promise<{ reference: string | null; orderId: string | null } | undefined> {
  try {
    switch (notification.kind) {
      case "payment": {
        const attempt = await getAttempt(tx, notification.reference);
        if (attempt.channelAccountId !== channelAccountId) return undefined;
        return { reference: attempt.id, orderId: attempt.orderId };
      }
      case "refund": {
        const refund = await getRefund(tx, notification.refundReference);
        const attempt = await getAttempt(tx, refund.attemptId);
        if (attempt.channelAccountId !== channelAccountId) return undefined;
        return { reference: refund.id, orderId: refund.orderId };
      }
      case "ignored":
        return { reference: null, orderId: null };
    }
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

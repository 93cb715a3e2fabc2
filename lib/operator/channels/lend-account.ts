import { and, eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import { merchants } from "#db/schema/merchants";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import type { Tx } from "#db/tenancy";
import { type ChannelAccountRow, forgetAccounts } from "#lib/channel-accounts/load-account";
import { loadPlatformAccount, type PlatformAccountRow } from "#lib/channel-accounts/platform-account";
import { AppError, InvalidParam, NotFound } from "#lib/kernel/errors";
import { isMerchantId, newId } from "#lib/kernel/ids";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt } from "../record.ts";

export interface LoanTerms {
  readonly methods?: readonly string[] | undefined;
  readonly priority?: number | undefined;
  /** Hundredths of a percent as a decimal text. */
  readonly feeBps?: string | undefined;
  /** Minor units of the order's currency. */
  readonly feeFixed?: bigint | undefined;
}

/**
 * Lends a platform's account to a merchant: the merchant gets a channel account without credentials, in the mode of the
 * platform's. One that was taken back before is opened again, so that its orders stay with it.
 *
 * @throws NotFound, InvalidParam when a method is not for loan, AppError account_already_lent
 */
export async function lendAccount(
  octx: OperatorContext,
  id: string,
  merchantId: string,
  terms: LoanTerms,
): Promise<ChannelAccountRow> {
  const { livemode } = await loadPlatformAccount(id);
  if (!isMerchantId(merchantId)) throw new NotFound("merchant", "merchant");
  return octx.at(merchantId, livemode).transaction(async (tx) => {
    const lender = await lockLender(tx, id);
    const isIt = eq(merchants.merchantId, tx.merchantId);
    const [merchant] = await tx.db.select({ id: merchants.merchantId }).from(merchants).where(isIt);
    if (!merchant) throw new NotFound("merchant", "merchant");
    const lentMethods = [...(terms.methods ?? lender.methods)];
    checkLendable(lender, lentMethods);
    const earlier = await findLoan(tx, id);
    if (earlier && !earlier.takenBackAt) throw new AppError("conflict", "account_already_lent", { param: "merchant" });

    const values = { ...pricing(terms), lentMethods, methods: lentMethods, status: "enabled" as const };
    const [row] = earlier
      ? await tx.db
          .update(channelAccounts)
          .set({ ...values, takenBackAt: null, updatedAt: tx.now })
          .where(ownRow(tx, earlier.id))
          .returning()
      : await tx.db
          .insert(channelAccounts)
          .values({
            ...values,
            merchantId: tx.merchantId,
            id: newId("channelAccount", tx.merchantId, tx.now.getTime()),
            livemode,
            channel: lender.channel,
            environment: lender.environment,
            label: lender.label,
            platformAccount: id,
            createdAt: tx.now,
          })
          .returning();
    if (!row) throw new Error("loan not kept");
    const after = termsOf(row);
    await recordDeedAt(octx, tx, { verb: "channel_account.lend", objectId: row.id, change: { after } });
    tx.afterCommit(() => forgetAccounts(tx.merchantId));
    return row;
  });
}

/** Changes the terms of a loan. Methods that the merchant has switched off stay off. @throws NotFound, InvalidParam */
export async function changeLoan(
  octx: OperatorContext,
  id: string,
  merchantId: string,
  terms: LoanTerms,
): Promise<ChannelAccountRow> {
  const { livemode } = await loadPlatformAccount(id);
  return octx.at(merchantId, livemode).transaction(async (tx) => {
    const lender = await lockLender(tx, id);
    const before = await openLoan(tx, id);
    if (terms.methods) checkLendable(lender, terms.methods);
    const set = { ...pricing(terms), ...(terms.methods && narrowed(before, terms.methods)), updatedAt: tx.now };
    const [row] = await tx.db.update(channelAccounts).set(set).where(ownRow(tx, before.id)).returning();
    if (!row) throw new NotFound("loan", "merchant");
    const change = { before: termsOf(before), after: termsOf(row) };
    await recordDeedAt(octx, tx, { verb: "channel_account.change_loan", objectId: row.id, change });
    tx.afterCommit(() => forgetAccounts(tx.merchantId));
    return row;
  });
}

/**
 * Closes a loan to new payments. It stays with the merchant: what has begun there is finished, and refunds go on, since
 * money that was taken must find its way back.
 *
 * @throws NotFound when it is not lent
 */
export async function takeBack(octx: OperatorContext, id: string, merchantId: string): Promise<ChannelAccountRow> {
  const { livemode } = await loadPlatformAccount(id);
  return octx.at(merchantId, livemode).transaction(async (tx) => {
    const loan = await openLoan(tx, id);
    const set = { takenBackAt: tx.now, updatedAt: tx.now };
    const [row] = await tx.db.update(channelAccounts).set(set).where(ownRow(tx, loan.id)).returning();
    if (!row) throw new NotFound("loan", "merchant");
    await recordDeedAt(octx, tx, { verb: "channel_account.take_back", objectId: row.id });
    tx.afterCommit(() => forgetAccounts(tx.merchantId));
    return row;
  });
}

/** Held so that its methods can't be narrowed between the check and the loan. */
async function lockLender(tx: Tx, id: string): Promise<PlatformAccountRow> {
  const isIt = eq(platformChannelAccounts.id, id);
  const [lender] = await tx.db.select().from(platformChannelAccounts).where(isIt).for("update");
  if (!lender) throw new NotFound("platform_account");
  return lender;
}

async function findLoan(tx: Tx, platformAccount: string): Promise<ChannelAccountRow | undefined> {
  const isIt = and(eq(channelAccounts.merchantId, tx.merchantId), eq(channelAccounts.platformAccount, platformAccount));
  const [row] = await tx.db.select().from(channelAccounts).where(isIt).for("update");
  return row;
}

async function openLoan(tx: Tx, platformAccount: string): Promise<ChannelAccountRow> {
  const loan = await findLoan(tx, platformAccount);
  if (!loan || loan.takenBackAt) throw new NotFound("loan", "merchant");
  return loan;
}

function ownRow(tx: Tx, id: string) {
  return and(eq(channelAccounts.merchantId, tx.merchantId), eq(channelAccounts.id, id));
}

function checkLendable(lender: PlatformAccountRow, methods: readonly string[]): void {
  const foreign = methods.find((method) => !lender.methods.includes(method));
  if (foreign) throw new InvalidParam("method_not_lent", "methods", { method: foreign });
}

function pricing({ priority, feeBps, feeFixed }: LoanTerms) {
  return {
    ...(priority !== undefined && { priority }),
    ...(feeBps !== undefined && { feeBps }),
    ...(feeFixed !== undefined && { feeFixed }),
  };
}

/** Of the new methods, those that the merchant had not switched off; all when none would be left. */
function narrowed(before: ChannelAccountRow, lentMethods: readonly string[]) {
  const isOff = (method: string) => before.lentMethods?.includes(method) && !before.methods.includes(method);
  const left = lentMethods.filter((method) => !isOff(method));
  return { lentMethods: [...lentMethods], methods: left.length > 0 ? left : [...lentMethods] };
}

function termsOf({ lentMethods, priority, feeBps, feeFixed }: ChannelAccountRow) {
  return { methods: lentMethods, priority, fee_bps: feeBps, fee_fixed: String(feeFixed) };
}

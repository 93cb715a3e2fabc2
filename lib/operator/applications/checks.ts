import { eq } from "drizzle-orm";
import { applicationChecks, checkItems } from "#db/schema/onboarding";
import type { Tx } from "#db/tenancy";
import { lockApplication } from "#lib/onboarding/application";
import type { OperatorContext } from "../context.ts";
import { ApplicationNotSubmitted } from "../merchants/errors.ts";
import { recordHiddenDeedAt } from "../record.ts";

export type Check = typeof applicationChecks.$inferSelect;
export type CheckItem = (typeof checkItems)[number];

/** What nobody has found in order since the merchant last sent its application: it may have changed anything. */
export function openChecks(
  checks: readonly Pick<Check, "item" | "isPassed" | "checkedAt">[],
  submittedAt: Date | null,
): CheckItem[] {
  const since = submittedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return checkItems.filter(
    (item) => !checks.some((check) => check.item === item && check.isPassed && check.checkedAt.getTime() >= since),
  );
}

export function checksOf(tx: Tx): Promise<Check[]> {
  return tx.db.select().from(applicationChecks).where(eq(applicationChecks.aboutMerchant, tx.merchantId));
}

export interface NewCheck {
  readonly item: CheckItem;
  readonly isPassed: boolean;
  readonly note: string;
}

/** Writes down what an operator has found of one item. @throws NotFound, ApplicationNotSubmitted */
export function setCheck(octx: OperatorContext, merchantId: string, { item, isPassed, note }: NewCheck): Promise<void> {
  return octx.at(merchantId, true).transaction(async (tx) => {
    const { status } = await lockApplication(tx);
    if (status !== "submitted") throw new ApplicationNotSubmitted(status);
    const set = { isPassed, note, operatorId: octx.operator.id, checkedAt: tx.now };
    await tx.db
      .insert(applicationChecks)
      .values({ aboutMerchant: merchantId, item, ...set })
      .onConflictDoUpdate({ target: [applicationChecks.aboutMerchant, applicationChecks.item], set });
    const change = { item, passed: isPassed, note };
    await recordHiddenDeedAt(octx, tx, { verb: "application.check", objectId: merchantId, change });
  });
}

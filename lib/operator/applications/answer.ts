import { lockApplication, writeApplication } from "#lib/onboarding/application";
import { tellOwners } from "#lib/onboarding/tell-owners";
import type { OperatorContext } from "../context.ts";
import { ApplicationNotSubmitted } from "../merchants/errors.ts";
import { recordDeedAt } from "../record.ts";

const answers = {
  ask: { status: "information_asked", mail: "application_asked" },
  reject: { status: "rejected", mail: "application_rejected" },
} as const;

/**
 * Gives an application back to the merchant, with questions or refused; it may be changed and sent again. One operator
 * does: nothing is opened by it.
 *
 * @param message the merchant reads it
 * @throws NotFound, ApplicationNotSubmitted
 */
export function answerApplication(
  octx: OperatorContext,
  merchantId: string,
  answer: keyof typeof answers,
  message: string,
): Promise<void> {
  const { status, mail } = answers[answer];
  return octx.at(merchantId, true).transaction(async (tx) => {
    const before = await lockApplication(tx);
    if (before.status !== "submitted") throw new ApplicationNotSubmitted(before.status);
    await writeApplication(tx, before, { message, dueAt: null }, status);
    await recordDeedAt(octx, tx, { verb: `application.${answer}`, objectId: merchantId, change: { message } });
    await tellOwners(tx, mail, { message });
  });
}

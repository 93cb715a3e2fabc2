import type { Tx } from "#db/tenancy";
import { env } from "#lib/kernel/env";
import { queueMail } from "#lib/mail/queue-mail";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { translate } from "#lib/messages/translate";
import type { NoticeKind } from "./kinds.ts";

/**
 * Tells the merchant's addresses by mail, if it wants to know; part of the transaction that it tells of.
 *
 * @param page where in the dashboard to look, from its root
 */
export async function sendNotice(
  tx: Tx,
  kind: NoticeKind,
  page: string,
  values: Record<string, string>,
): Promise<void> {
  const { name, settings } = await loadMerchant(tx.ctx);
  const { emails, kinds, locale } = settings.notices ?? { emails: [], kinds: [], locale: "en" };
  if (!kinds.includes(kind)) return;
  const mode = tx.livemode ? "" : `${translate(locale, "mail.testMode") ?? ""} `;
  for (const to of emails) {
    await queueMail(tx.db, {
      kind: `notice_${kind}`,
      to,
      locale,
      values: {
        ...values,
        mode,
        merchant: name,
        link: `${env.publicUrl}/dashboard${page}`,
        settings: `${env.publicUrl}/dashboard/settings`,
      },
    });
  }
}

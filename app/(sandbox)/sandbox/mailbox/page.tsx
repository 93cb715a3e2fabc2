import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readMailbox } from "#lib/mail/read-mailbox";
import { hasSandboxMailbox } from "#lib/mail/settings";
import { pageLocale } from "../../../../i18n/locale.ts";
import { MailText } from "./mail-text.tsx";
import styles from "./mailbox.module.css";
import { mailboxTexts } from "./texts.ts";

// The addresses in the mails are keys: following one must not tell where from.
export const metadata: Metadata = { title: "Mailbox", referrer: "no-referrer" };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where mail ends when there is no server to send it: the newest first, of everybody or of one recipient. */
export default async function MailboxPage({ searchParams }: Props) {
  if (!hasSandboxMailbox()) notFound();
  const locale = await pageLocale();
  const texts = mailboxTexts[locale];
  const { to } = await searchParams;
  const wanted = typeof to === "string" && to.trim() ? to.trim() : undefined;
  const mails = await readMailbox(wanted);
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <main className={styles.mailbox} lang={locale}>
      <h1>{texts.title}</h1>
      <p className={styles.notice}>{texts.notice}</p>
      <form className={styles.search}>
        <label htmlFor="to">{texts.to}</label>
        <input id="to" name="to" type="search" defaultValue={wanted} />
        <button type="submit">{texts.show}</button>
      </form>
      {mails.length === 0 && <p>{texts.none}</p>}
      {mails.map((mail, index) => (
        <details key={mail.id} className={styles.mail} open={index === 0}>
          <summary>
            <strong>{mail.subject}</strong>
            <span>
              {mail.to} · <time dateTime={mail.at.toISOString()}>{time.format(mail.at)}</time>
            </span>
          </summary>
          <MailText text={mail.text} />
        </details>
      ))}
    </main>
  );
}

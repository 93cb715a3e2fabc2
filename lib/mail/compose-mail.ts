import type { Locale } from "#lib/kernel/locale";
import { translate } from "#lib/messages/translate";
import type { NoticeKind } from "#lib/notices/kinds";

/** Every mail that we send; its texts are `mail.<kind>.subject` and `mail.<kind>.body`. */
export type MailKind =
  | "verify_email"
  | "already_registered"
  | "password_reset"
  | "password_changed"
  | "new_device"
  | "invitation"
  | "second_factor_off"
  | "passkey_added"
  | "alert"
  | "account_locked"
  | "operator_locked"
  | "operator_password"
  | "operator_factor_off"
  | "ticket_answered"
  | "ticket_message"
  | `merchant_${"suspended" | "resumed"}`
  | `application_${"received" | "asked" | "approved" | "rejected"}`
  | `notice_${NoticeKind}`;

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Subject and plain text in the reader's language. Values are data of strangers: they are shown, never interpreted. */
export function composeMail(kind: MailKind, locale: Locale, values: Record<string, string>): Mail {
  const text = (part: string) => translate(locale, `mail.${kind}.${part}`, values) ?? "";
  return {
    // A line break in a name must not become another header.
    subject: text("subject").replaceAll(/\s+/g, " "),
    text: `${text("body")}\n\n${translate(locale, "mail.foot") ?? ""}\n`,
  };
}

const address = /(https?:\/\/[^\s<>"]+)/;

/** The same mail for readers of HTML: paragraphs, and addresses that can be clicked. */
export function mailHtml(text: string): string {
  const paragraphs = text.trim().split(/\n{2,}/);
  const html = paragraphs.map((paragraph) => {
    const parts = paragraph.split(address).map((part, index) => {
      const shown = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${shown}">${shown}</a>` : shown.replaceAll("\n", "<br>");
    });
    return `<p>${parts.join("")}</p>`;
  });
  return `<!doctype html><meta charset="utf-8"><body style="font:16px/1.6 system-ui,sans-serif;max-width:560px">${html.join("")}</body>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

import type { Messages } from "../../i18n/messages.ts";

interface Props {
  readonly texts: Messages["signIn"]["signUp"];
  /** With `{email}`. */
  readonly text: string;
  readonly email: string;
  readonly hasMailbox: boolean;
}

/** What to do next, once a mail is on its way. */
export function MailSent({ texts, text, email, hasMailbox }: Props) {
  return (
    <div className="mail-sent" role="status">
      <h2>{texts.sentTitle}</h2>
      <p>{text.replace("{email}", email)}</p>
      {hasMailbox ? (
        <p>
          <a
            className="button"
            href={`/sandbox/mailbox?to=${encodeURIComponent(email)}`}
            target="_blank"
            rel="noreferrer"
          >
            {texts.mailbox}
          </a>
        </p>
      ) : (
        <p>{texts.sentHelp}</p>
      )}
    </div>
  );
}

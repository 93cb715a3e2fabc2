import { CopyCode } from "#components/site/copy-code";
import type { Answered } from "./send-request.ts";
import { type DocsTexts, fill } from "./texts.ts";
import styles from "./try.module.css";

/** A text field of the answer's top level, where there is one. */
function textOf(json: unknown, field: string): string | undefined {
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, field)) return undefined;
  const value = (json as Record<string, unknown>)[field];
  return typeof value === "string" ? value : undefined;
}

interface Props {
  readonly answered: Answered | undefined;
  readonly texts: DocsTexts["try"];
  readonly copy: { readonly copy: string; readonly copied: string };
}

/** The status stands in a live region, which tells it to whoever does not see it; the rest would be too much to hear. */
export function TryAnswer({ answered, texts, copy }: Props) {
  return (
    <>
      <p className={styles.status} role="status" data-kind={(answered?.status ?? 0) < 400 ? "fine" : "refused"}>
        {answered && (
          <>
            <strong>{answered.status}</strong>
            <span>{fill(texts.time, { ms: String(answered.durationMs) })}</span>
            {isReplay(answered) && <span>{texts.replayed}</span>}
          </>
        )}
      </p>
      {answered && <AnswerBody answered={answered} texts={texts} copy={copy} />}
    </>
  );
}

function isReplay({ headers }: Answered): boolean {
  return headers.some(([name, value]) => name === "idempotency-replayed" && value === "true");
}

function AnswerBody({ answered, texts, copy }: Props & { readonly answered: Answered }) {
  const { status, headers, json, text } = answered;
  const checkout = textOf(json, "checkout_url");
  const code = status >= 400 ? textOf(json, "code") : undefined;
  return (
    <>
      {(checkout ?? code) && (
        <p className={styles.links}>
          {checkout && /^https?:/.test(checkout) && (
            <a href={checkout} target="_blank" rel="noopener">
              {texts.openCheckout}
            </a>
          )}
          {code && <a href={`/docs/errors#${code}`}>{fill(texts.aboutError, { code })}</a>}
        </p>
      )}
      <dl className={styles.headers}>
        {headers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CopyCode key={text} code={text} label={texts.answer} copy={copy.copy} copied={copy.copied} />
    </>
  );
}

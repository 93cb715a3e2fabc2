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
  readonly answered: Answered;
  readonly texts: DocsTexts["try"];
  readonly copy: { readonly copy: string; readonly copied: string };
}

export function TryAnswer({ answered, texts, copy }: Props) {
  const { status, durationMs, headers, json, text } = answered;
  const checkout = textOf(json, "checkout_url");
  const code = status >= 400 ? textOf(json, "code") : undefined;
  const isReplay = headers.some(([name, value]) => name === "idempotency-replayed" && value === "true");
  return (
    <div className={styles.answer}>
      <p className={styles.status} data-kind={status < 400 ? "fine" : "refused"}>
        <strong>{status}</strong>
        <span>{fill(texts.time, { ms: String(durationMs) })}</span>
        {isReplay && <span>{texts.replayed}</span>}
      </p>
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
    </div>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { CodeTabs } from "#components/docs/code-tabs";
import { RichText } from "#components/docs/rich-text";
import { CopyCode } from "#components/site/copy-code";
import { env } from "#lib/kernel/env";
import { retryDelaysMs } from "#lib/webhooks/schedule";
import styles from "../../../../../components/docs/docs.module.css";
import { duration } from "../../../../../components/docs/duration.ts";
import { eventWords } from "../../../../../components/docs/event-words.ts";
import { readSample } from "../../../../../components/docs/sample-files.ts";
import { deliverySample, endpointSample } from "../../../../../components/docs/samples.ts";
import { docsTexts } from "../../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../../i18n/locale.ts";

const verifierFiles = [
  ["Node", "node/verify.ts"],
  ["Python", "python/verify.py"],
  ["PHP", "php/verify.php"],
  ["Go", "go/verify.go"],
  ["Java", "java/WebhookVerifier.java"],
  ["Ruby", "ruby/verify.rb"],
] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).webhooks.title };
}

export default async function WebhooksPage() {
  const locale = await pageLocale();
  const { webhooks: texts, copy, copied } = docsTexts(locale);
  const verifiers = verifierFiles.map(([name, file]) => ({ name, code: readSample(`webhooks/${file}`) }));
  const tries = [0, ...retryDelaysMs].map((pauseMs, index, all) => ({
    pauseMs,
    sinceMs: all.slice(0, index + 1).reduce((sum, each) => sum + each, 0),
  }));
  return (
    <div className={styles.prose}>
      <h1>{texts.title}</h1>
      <p className={styles.lead}>
        <RichText text={texts.lead} />
      </p>

      <h2>{texts.createTitle}</h2>
      <p>
        <RichText text={texts.createText} />
      </p>
      <CopyCode code={endpointSample(env.publicUrl)} label={texts.codeCreate} copy={copy} copied={copied} />
      <p>
        <Link href="/docs/api/post-webhook-endpoints">{texts.createLink}</Link>
      </p>

      <h2>{texts.arrivesTitle}</h2>
      <CopyCode code={deliverySample} label={texts.codeBody} copy={copy} copied={copied} />

      <h2 id="verify">{texts.verifyTitle}</h2>
      <p>
        <RichText text={texts.verifyText} />
      </p>
      <CodeTabs tabs={verifiers} label={texts.codeVerify} copy={copy} copied={copied} />
      <p>{texts.verifyTested}</p>
      <p>
        <RichText text={texts.verifyScheme} />
      </p>

      <h2 id="retry">{texts.retryTitle}</h2>
      <p>
        <RichText text={texts.retryText} />
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.try}</th>
            <th scope="col">{texts.pause}</th>
            <th scope="col">{texts.total}</th>
          </tr>
        </thead>
        <tbody>
          {tries.map(({ pauseMs, sinceMs }, index) => (
            <tr key={sinceMs}>
              <td>{index + 1}</td>
              <td>{pauseMs === 0 ? texts.atOnce : duration(pauseMs, locale)}</td>
              <td>{pauseMs === 0 ? "" : duration(sinceMs, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>

      <h2 id="event-types">{texts.typesTitle}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.type}</th>
            <th scope="col">{texts.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {eventWords(locale).map(({ type, meaning }) => (
            <tr key={type}>
              <td>
                <code>{type}</code>
              </td>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

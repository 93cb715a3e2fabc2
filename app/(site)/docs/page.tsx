import type { Metadata } from "next";
import Link from "next/link";
import { RichText } from "#components/docs/rich-text";
import { CopyCode } from "#components/site/copy-code";
import { env } from "#lib/kernel/env";
import styles from "../../../components/docs/docs.module.css";
import { keySample, orderSample, paySample, refundSample } from "../../../components/docs/samples.ts";
import { docsTexts } from "../../../components/docs/texts.ts";
import { pageLocale } from "../../../i18n/locale.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).start.title };
}

export default async function DocsStart() {
  const { start, nav, copy, copied } = docsTexts(await pageLocale());
  const origin = env.publicUrl;
  const steps = [
    { text: start.firstKey, label: start.codeKey, code: keySample },
    { text: start.firstOrder, label: start.codeOrder, code: orderSample(origin) },
    { text: start.firstPay, label: start.codePay, code: paySample(origin) },
    { text: start.firstRefund, label: start.codeRefund, code: refundSample(origin) },
  ];
  const cards = [
    { href: "/docs/api", title: nav.api, text: start.apiText },
    { href: "/docs/webhooks", title: nav.webhooks, text: start.webhooksText },
    { href: "/docs/errors", title: nav.errors, text: start.errorsText },
  ];
  return (
    <div className={styles.prose}>
      <h1>{start.title}</h1>
      <p className={styles.lead}>{start.lead}</p>
      <h2>{start.firstTitle}</h2>
      {steps.map((step) => (
        <div key={step.label}>
          <p>
            <RichText text={step.text} />
          </p>
          <CopyCode code={step.code} label={step.label} copy={copy} copied={copied} />
        </div>
      ))}
      <h2>{start.nextTitle}</h2>
      <ul className={styles.cards}>
        {cards.map((card) => (
          <li key={card.href}>
            <Link href={card.href}>
              <strong>{card.title}</strong>
              <span>{card.text}</span>
            </Link>
          </li>
        ))}
        <li>
          <a href="/v1/openapi.json">
            <strong>{start.openapiTitle}</strong>
            <span>{start.openapiText}</span>
          </a>
        </li>
      </ul>
    </div>
  );
}

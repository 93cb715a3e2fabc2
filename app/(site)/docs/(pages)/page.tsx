import type { Metadata } from "next";
import Link from "next/link";
import { RichText } from "#components/docs/rich-text";
import { CopyCode } from "#components/site/copy-code";
import { env } from "#lib/kernel/env";
import type { Locale } from "#lib/kernel/locale";
import styles from "../../../../components/docs/docs.module.css";
import { apiOnlyGuide } from "../../../../components/docs/pages/api-only-guide.ts";
import { miniProgramGuide } from "../../../../components/docs/pages/mini-program-guide.ts";
import { testingPage } from "../../../../components/docs/pages/testing.ts";
import { webGuide } from "../../../../components/docs/pages/web-guide.ts";
import { keySample, orderSample, paySample, refundSample } from "../../../../components/docs/samples.ts";
import { type DocsTexts, docsTexts } from "../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../i18n/locale.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).start.title };
}

function contentCards(locale: Locale, start: DocsTexts["start"]) {
  return [
    { page: webGuide, text: start.webText },
    { page: miniProgramGuide, text: start.miniText },
    { page: apiOnlyGuide, text: start.apiOnlyText },
    { page: testingPage, text: start.testingText },
  ].map(({ page, text }) => ({ href: `/docs/${page.slug}`, title: page.title[locale], text }));
}

export default async function DocsStart() {
  const locale = await pageLocale();
  const { start, nav, copy, copied } = docsTexts(locale);
  const origin = env.publicUrl;
  const steps = [
    { text: start.firstKey, label: start.codeKey, code: keySample },
    { text: start.firstOrder, label: start.codeOrder, code: orderSample(origin) },
    { text: start.firstPay, label: start.codePay, code: paySample(origin) },
    { text: start.firstRefund, label: start.codeRefund, code: refundSample(origin) },
  ];
  const cards = [
    ...contentCards(locale, start),
    { href: "/docs/go-live", title: nav.goLive, text: start.goText },
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
      <h2>{start.shopTitle}</h2>
      <p>{start.shopText}</p>
      <CopyCode code="npm run shop" label={start.codeShop} copy={copy} copied={copied} />
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

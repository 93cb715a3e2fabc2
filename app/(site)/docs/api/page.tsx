import type { Metadata } from "next";
import Link from "next/link";
import { RichText } from "#components/docs/rich-text";
import styles from "../../../../components/docs/reference.module.css";
import { docsTexts } from "../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../i18n/locale.ts";

const conventions = ["auth", "idempotency", "amounts", "lists", "errors"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).api.title };
}

export default async function ApiIntroduction() {
  const { api: texts, start } = docsTexts(await pageLocale());
  return (
    <article className={styles.intro}>
      <h1>{texts.title}</h1>
      <p className={styles.lead}>{texts.lead}</p>
      <p className={styles.toFirst}>
        <Link href="/docs/api/post-orders" className="button">
          {start.codeOrder}
        </Link>
      </p>
      {conventions.map((name) => (
        <section key={name}>
          <h2>{texts[`${name}Title`]}</h2>
          <p>
            <RichText text={texts[`${name}Text`]} />
          </p>
        </section>
      ))}
      <p className={styles.lead}>
        <a href="/v1/openapi.json">{start.openapiTitle}</a>
      </p>
    </article>
  );
}

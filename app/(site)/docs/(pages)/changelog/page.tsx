import type { Metadata } from "next";
import { RichText } from "#components/docs/rich-text";
import { readChangelog } from "../../../../../components/docs/changelog.ts";
import styles from "../../../../../components/docs/docs.module.css";
import { docsTexts } from "../../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../../i18n/locale.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).changelog.title };
}

export default async function ChangelogPage() {
  const locale = await pageLocale();
  const texts = docsTexts(locale).changelog;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return (
    <div className={styles.prose}>
      <h1>{texts.title}</h1>
      <p className={styles.lead}>{texts.lead}</p>
      {readChangelog(locale).map(({ version, date, sections }) => (
        <section key={version} aria-labelledby={`v${version}`}>
          <h2 id={`v${version}`}>
            {version} <time dateTime={date}>{day.format(new Date(date))}</time>
          </h2>
          {sections.map(({ title, items }) => (
            <div key={title}>
              <h3>{title}</h3>
              <ul className={styles.list}>
                {items.map((item) => (
                  <li key={item}>
                    <RichText text={item} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

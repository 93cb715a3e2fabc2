import type { Metadata } from "next";
import { GoLiveList } from "#components/docs/go-live-list";
import styles from "../../../../../components/docs/docs.module.css";
import { goLiveGroups } from "../../../../../components/docs/pages/go-live.ts";
import { docsTexts } from "../../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../../i18n/locale.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).goLive.title };
}

export default async function GoLivePage() {
  const locale = await pageLocale();
  const texts = docsTexts(locale).goLive;
  const groups = goLiveGroups.map(({ title, items }) => ({
    title: title[locale],
    items: items.map(({ id, text, href }) => ({ id, text: text[locale], href })),
  }));
  return (
    <div className={styles.prose}>
      <h1>{texts.title}</h1>
      <p className={styles.lead}>{texts.lead}</p>
      <GoLiveList groups={groups} texts={texts} />
    </div>
  );
}

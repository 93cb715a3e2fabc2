import type { Metadata } from "next";
import { ErrorList } from "#components/docs/error-list";
import { RichText } from "#components/docs/rich-text";
import { CopyCode } from "#components/site/copy-code";
import { env } from "#lib/kernel/env";
import styles from "../../../../../components/docs/docs.module.css";
import { errorGroups } from "../../../../../components/docs/error-groups.ts";
import { problemSample } from "../../../../../components/docs/samples.ts";
import { docsTexts, errorSentences } from "../../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../../i18n/locale.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: docsTexts(await pageLocale()).errors.title };
}

export default async function ErrorsPage() {
  const locale = await pageLocale();
  const { errors: texts, copy, copied } = docsTexts(locale);
  return (
    <div className={styles.prose}>
      <h1>{texts.title}</h1>
      <p className={styles.lead}>
        <RichText text={texts.lead} />
      </p>
      <CopyCode code={problemSample(env.publicUrl)} label={texts.answerTitle} copy={copy} copied={copied} />
      <ErrorList groups={errorGroups(errorSentences(locale), texts)} texts={texts} />
    </div>
  );
}

"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Segmented, Skeleton } from "antd";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { articleLocale } from "#lib/knowledge/words";
import { ArticleBody } from "../../knowledge/article-body.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import support from "../../merchant/support/support.module.css";
import { type ArticleLocale, useWrittenArticle, type WrittenArticle } from "../api/knowledge.ts";
import { useConsole } from "../session.tsx";
import { ArticleEditor } from "./article-editor.tsx";
import { ArticleState, articleLocales, languageNames, latestOf } from "./words.tsx";

/** An article as those see it who write it: one language at a time. */
export function WrittenArticlePage({ id }: { id: string }) {
  const t = useTranslations("console.knowledge");
  const { data: article, error, refetch } = useWrittenArticle(id);
  return (
    <>
      <p className={support.back}>
        <Link href="/console/knowledge">
          <ArrowLeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      {!article && (error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />)}
      {article && <Written article={article} />}
    </>
  );
}

function Written({ article }: { article: WrittenArticle }) {
  const t = useTranslations("console.knowledge");
  const { may } = useConsole();
  const [locale, setLocale] = useState<ArticleLocale>(articleLocale(useLocale()));
  const latest = latestOf(article, locale);
  return (
    <>
      <PageHead
        title={latest?.title ?? article.slug}
        note={<ArticleState article={article} locale={locale} />}
        action={
          <Segmented
            aria-label={t("language")}
            value={locale}
            options={articleLocales.map((value) => ({ value, label: languageNames[value] }))}
            onChange={setLocale}
          />
        }
      />
      <div className={support.stack}>
        {may("knowledge:write") ? (
          <ArticleEditor key={locale} article={article} locale={locale} />
        ) : (
          <Panel>{latest ? <ArticleBody source={latest.body} lang={locale} /> : t("states.missing")}</Panel>
        )}
        <Versions article={article} locale={locale} />
      </div>
    </>
  );
}

function Versions({ article, locale }: { article: WrittenArticle; locale: ArticleLocale }) {
  const t = useTranslations("console.knowledge");
  const versions = article.versions.filter((one) => one.locale === locale);
  if (versions.length === 0) return null;
  return (
    <Panel title={t("versions")}>
      <div className={support.stack}>
        {versions.map((one) => (
          <details key={one.version}>
            <summary>
              {t("version", { number: one.version })} · {t(`versionStates.${one.is_shown ? "shown" : one.state}`)} ·{" "}
              {one.edited_by} · <Moment at={one.edited_at} />
            </summary>
            <h3>{one.title}</h3>
            <ArticleBody source={one.body} lang={locale} />
          </details>
        ))}
      </div>
    </Panel>
  );
}

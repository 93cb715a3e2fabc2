"use client";

import { Button, type TableColumnsType } from "antd";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { articleLocale } from "#lib/knowledge/words";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import support from "../../merchant/support/support.module.css";
import { useWrittenArticles, type WrittenArticle } from "../api/knowledge.ts";
import { useConsole } from "../session.tsx";
import { BeginModal } from "./begin-modal.tsx";
import { ArticleState, languageNames, latestOf } from "./words.tsx";

const hrefOf = ({ id }: WrittenArticle) => `/console/knowledge/${id}`;

/** In the reader's language where it is written in that. */
function useTitleOf() {
  const own = articleLocale(useLocale());
  return (article: WrittenArticle) =>
    (latestOf(article, own) ?? latestOf(article, own === "en" ? "zh-CN" : "en"))?.title ?? article.slug;
}

/** All articles with their state in each language. */
export function KnowledgePage() {
  const t = useTranslations("console.knowledge");
  const { may } = useConsole();
  const [isBeginning, setBeginning] = useState(false);
  const result = useWrittenArticles();
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          may("knowledge:write") && (
            <Button type="primary" onClick={() => setBeginning(true)}>
              {t("begin")}
            </Button>
          )
        }
      />
      <Panel isFlush>
        <DataList<WrittenArticle>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(article) => <ArticleCard article={article} />}
          hrefOf={hrefOf}
          empty={<Empty title={t("none")} />}
        />
      </Panel>
      {isBeginning && <BeginModal onClose={() => setBeginning(false)} />}
    </>
  );
}

function useColumns(): TableColumnsType<WrittenArticle> {
  const t = useTranslations("console.knowledge");
  const categories = useTranslations("dashboard.support.articleCategories");
  const titleOf = useTitleOf();
  return [
    {
      title: t("name"),
      key: "title",
      ellipsis: true,
      render: (_, article) => (
        <Link href={hrefOf(article)} prefetch={false}>
          <strong>{titleOf(article)}</strong>
        </Link>
      ),
    },
    { title: t("category"), key: "category", width: 150, render: (_, { category }) => categories(category) },
    {
      title: languageNames["zh-CN"],
      key: "zh",
      width: 180,
      render: (_, one) => <ArticleState article={one} locale="zh-CN" />,
    },
    { title: languageNames.en, key: "en", width: 180, render: (_, one) => <ArticleState article={one} locale="en" /> },
  ];
}

function ArticleCard({ article }: { article: WrittenArticle }) {
  const categories = useTranslations("dashboard.support.articleCategories");
  const titleOf = useTitleOf();
  return (
    <span className={support.card}>
      <strong>{titleOf(article)}</strong>
      <ArticleState article={article} locale="zh-CN" />
      <span className={support.soft}>{categories(article.category)}</span>
      <ArticleState article={article} locale="en" />
    </span>
  );
}

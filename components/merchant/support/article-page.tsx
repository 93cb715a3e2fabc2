"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ArticleBody } from "../../knowledge/article-body.tsx";
import { useArticle } from "../api/articles.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./support.module.css";

export function ArticlePage({ slug }: { slug: string }) {
  const t = useTranslations("dashboard.support");
  const { can } = useSession();
  const { data: article, error, refetch } = useArticle(slug);
  return (
    <>
      <p className={styles.back}>
        <Link href="/dashboard/support">
          <ArrowLeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      {!article && (error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />)}
      {article && (
        <>
          <PageHead title={article.title} note={t(`articleCategories.${article.category}`)} />
          <Panel>
            <ArticleBody source={article.body} lang={article.locale} />
          </Panel>
          {can("tickets:write") && (
            <p>
              {t("notAnswered")} <Link href="/dashboard/support?ask=1">{t("ask")}</Link>
            </p>
          )}
        </>
      )}
    </>
  );
}

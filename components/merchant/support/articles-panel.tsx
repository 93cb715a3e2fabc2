"use client";

import { Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useArticles } from "../api/articles.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { SearchField } from "../pieces/search-field.tsx";
import styles from "./support.module.css";

interface Props {
  readonly search: string | undefined;
  readonly onSearch: (text: string | undefined) => void;
}

/** The knowledge base: often the answer is there already. */
export function ArticlesPanel({ search, onSearch }: Props) {
  const t = useTranslations("dashboard.support");
  const { data, error, refetch } = useArticles(search);
  return (
    <Panel title={t("articles")}>
      <search>
        <SearchField className={styles.search} label={t("searchArticles")} value={search} onSearch={onSearch} />
      </search>
      {!data && (error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />)}
      {data && data.data.length === 0 && <p role="status">{t("noArticles")}</p>}
      {data && data.data.length > 0 && (
        <ul className={styles.articles} aria-label={t("articles")}>
          {data.data.map((article) => (
            <li key={article.id}>
              <Link href={`/dashboard/support/articles/${article.id}`} prefetch={false}>
                <strong>{article.title}</strong>
                <span>{article.excerpt}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import type { ArticleCategory } from "#lib/knowledge/words";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export interface FoundArticle {
  readonly id: string;
  readonly category: ArticleCategory;
  readonly title: string;
  readonly excerpt: string;
}

export interface Article {
  readonly id: string;
  readonly locale: "zh-CN" | "en";
  readonly category: ArticleCategory;
  readonly title: string;
  readonly body: string;
  readonly published_at: string;
}

export function useArticles(search: string | undefined) {
  const { api, scope } = useApi();
  const locale = useLocale();
  return useQuery({
    queryKey: [...scope, "articles", locale, search],
    queryFn: ({ signal }) => api.get<Page<FoundArticle>>("/v1/articles", { search }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useArticle(slug: string) {
  const { api, scope } = useApi();
  const locale = useLocale();
  return useQuery({
    queryKey: [...scope, "article", locale, slug],
    queryFn: ({ signal }) => api.get<Article>(`/v1/articles/${slug}`, {}, signal),
  });
}

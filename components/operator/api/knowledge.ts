"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ArticleCategory, ArticleLocale } from "#lib/knowledge/words";
import type { Page } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type { ArticleCategory, ArticleLocale };

export interface ArticleVersion {
  readonly locale: ArticleLocale;
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly state: "draft" | "published";
  readonly is_shown: boolean;
  readonly edited_by: string;
  readonly edited_at: string;
  readonly published_at: string | null;
}

export interface WrittenArticle {
  readonly id: string;
  readonly slug: string;
  readonly category: ArticleCategory;
  /** Newest first. */
  readonly versions: readonly ArticleVersion[];
}

export interface Draft {
  readonly locale: ArticleLocale;
  readonly title: string;
  readonly body: string;
}

const at = "/v1/operator/articles";

export function useWrittenArticles() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["knowledge", "list"],
    queryFn: ({ signal }) => api.get<Page<WrittenArticle>>(at, {}, signal),
  });
}

export function useWrittenArticle(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["knowledge", "one", id],
    queryFn: ({ signal }) => api.get<WrittenArticle>(`${at}/${id}`, {}, signal),
  });
}

export function useArticleWork() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["knowledge"] });
  return {
    create: useMutation({
      mutationFn: (article: Draft & { slug: string; category: ArticleCategory }) =>
        api.post<WrittenArticle>(at, article),
      onSettled,
    }),
    draft: useMutation({
      mutationFn: ({ id, ...draft }: Draft & { id: string }) => api.post<WrittenArticle>(`${at}/${id}/drafts`, draft),
      onSettled,
    }),
    turn: useMutation({
      mutationFn: ({ id, to, locale }: { id: string; to: "publish" | "withdraw"; locale: ArticleLocale }) =>
        api.post<WrittenArticle>(`${at}/${id}/${to}`, { locale }),
      onSettled,
    }),
  };
}

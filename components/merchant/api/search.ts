"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { FoundJson } from "#lib/search/schemas";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export type { FoundJson };

export const shortestSearch = 2;

export function useSearch(text: string, isAllowed: boolean) {
  const { api, scope } = useApi();
  const q = text.trim();
  return useQuery({
    queryKey: [...scope, "search", q],
    queryFn: ({ signal }) => api.get<Page<FoundJson>>("/v1/search", { q }, signal),
    enabled: isAllowed && q.length >= shortestSearch,
    placeholderData: q.length >= shortestSearch ? keepPreviousData : undefined,
  });
}

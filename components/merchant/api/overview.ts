"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Bucket, Numbers, Overview, Share } from "#lib/analytics/schemas";
import type { Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type { Bucket, Numbers, Overview, Share };
export type CurrencyOverview = Overview["currencies"][number];

const refreshMs = 30_000;

export function useOverview(query: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "overview", query],
    queryFn: ({ signal }) => api.get<Overview>("/v1/analytics/overview", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

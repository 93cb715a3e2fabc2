"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Page } from "../../merchant/api/client.ts";
import type { Approval } from "./approvals.ts";
import { useOperatorApi } from "./use-api.ts";

export interface Parameter {
  readonly id: string;
  readonly group: string;
  readonly value: unknown;
  readonly initial: unknown;
  readonly updated_at: string | null;
  readonly updated_by: string | null;
}

export function useParameters() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["parameters"],
    queryFn: ({ signal }) => api.get<Page<Parameter>>("/v1/operator/parameters", {}, signal),
  });
}

export interface ParameterChange {
  readonly id: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly reason: string;
  readonly proposed_by: { readonly id: string; readonly name: string };
  readonly proposed_at: string;
  readonly approved_by: { readonly id: string; readonly name: string } | null;
  readonly approved_at: string | null;
  readonly approval_reason: string | null;
}

const changesShown = 20;

/** What a parameter was, the newest change first; `fetchNextPage` brings older ones. */
export function useParameterHistory(name: string) {
  const api = useOperatorApi();
  return useInfiniteQuery({
    queryKey: ["parameters", "history", name],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ParameterChange>>(
        `/v1/operator/parameters/${name}/history`,
        { limit: changesShown, starting_after: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.has_more ? last.data.at(-1)?.id : undefined),
  });
}

export function useProposeParameter() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: { name: string; value: unknown; reason: string }) =>
      api.post<Approval>(`/v1/operator/parameters/${name}`, body),
    onSettled: () => cache.invalidateQueries(),
  });
}

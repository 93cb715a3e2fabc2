"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

export function useProposeParameter() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: { name: string; value: unknown; reason: string }) =>
      api.post<Approval>(`/v1/operator/parameters/${name}`, body),
    onSettled: () => cache.invalidateQueries(),
  });
}

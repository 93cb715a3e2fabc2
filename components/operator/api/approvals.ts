"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { approvalSchema, openApprovalSchema } from "#lib/operator/approvals/schemas";
import type { Page } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type Approval = z.output<typeof approvalSchema>;
export type OpenApproval = z.output<typeof openApprovalSchema>;

const freshMs = 15_000;

export function useApprovals(query: Readonly<Record<string, string | undefined>>) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["approvals", "list", query],
    queryFn: ({ signal }) => api.get<Page<Approval>>("/v1/operator/approvals", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs,
  });
}

export function useApproval(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["approvals", "one", id],
    queryFn: ({ signal }) => api.get<OpenApproval>(`/v1/operator/approvals/${id}`, {}, signal),
  });
}

export interface DecisionInput {
  readonly id: string;
  readonly decision: "approve" | "reject";
  readonly reason: string;
  readonly version?: string;
}

export function useApprovalActions() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  // What was decided may have changed anything.
  const onSettled = () => cache.invalidateQueries();
  return {
    decide: useMutation({
      mutationFn: ({ id, ...body }: DecisionInput) => api.post<Approval>(`/v1/operator/approvals/${id}/decide`, body),
      onSettled,
    }),
    withdraw: useMutation({
      mutationFn: (id: string) => api.post<Approval>(`/v1/operator/approvals/${id}/withdraw`, undefined),
      onSettled,
    }),
  };
}

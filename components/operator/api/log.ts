"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Page, Query } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface LogEntry {
  readonly id: string;
  readonly operator: Named;
  readonly verb: string;
  readonly object_id: string;
  readonly merchant: Named | null;
  readonly livemode: boolean | null;
  readonly change: Readonly<Record<string, unknown>> | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly request_id: string;
  readonly created_at: string;
}

export function useOperatorLog(query: Query) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["log", query],
    queryFn: ({ signal }) => api.get<Page<LogEntry>>("/v1/operator/log", query, signal),
    placeholderData: keepPreviousData,
  });
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useOperatorApi } from "./use-api.ts";

/** Queues of work that say how much waits in them. */
export type Queue = "approvals" | "tickets" | "error-cases";

const freshMs = 20_000;

/** How many things wait in a queue for the signed-in operator; 0 when they may not be asked for. */
export function useWaiting(queue: Queue, isAsked: boolean): number {
  const api = useOperatorApi();
  const { data } = useQuery({
    queryKey: [queue, "waiting"],
    queryFn: ({ signal }) => api.get<{ count: number }>(`/v1/operator/${queue.replace("-", "_")}/waiting`, {}, signal),
    refetchInterval: freshMs,
    enabled: isAsked,
  });
  return (isAsked && data?.count) || 0;
}

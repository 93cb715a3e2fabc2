"use client";

import type { z } from "@hono/zod-openapi";
import { useQuery } from "@tanstack/react-query";
import type { windowSchema } from "#lib/maintenance/schemas";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export type MaintenanceWindow = z.output<typeof windowSchema>;

const freshMs = 60_000;

/** Announced maintenance of the channels that the merchant uses. */
export function useMaintenance(isAsked: boolean) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "maintenance"],
    queryFn: ({ signal }) => api.get<Page<MaintenanceWindow>>("/v1/maintenance_windows", {}, signal),
    refetchInterval: freshMs,
    enabled: isAsked,
  });
}

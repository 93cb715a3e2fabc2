"use client";

import type { z } from "@hono/zod-openapi";
import { useQuery } from "@tanstack/react-query";
import type { custodySchema } from "#lib/operator/custody/schemas";
import type { Page } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type Custody = z.output<typeof custodySchema>;

export function useCustody() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["custody"],
    queryFn: ({ signal }) => api.get<Page<Custody>>("/v1/operator/custody", {}, signal),
  });
}

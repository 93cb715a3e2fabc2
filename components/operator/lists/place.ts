"use client";

import { useMemo } from "react";
import type { ListPlace } from "../../merchant/api/lists.ts";
import { useOperatorApi } from "../api/use-api.ts";

const scope = ["lists"] as const;

/** The platform's list. */
export function usePlatformList(): ListPlace {
  const api = useOperatorApi();
  return useMemo(() => ({ api, scope, path: "/v1/operator/list_entries" }), [api]);
}

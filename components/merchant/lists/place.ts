"use client";

import { useMemo } from "react";
import type { ListPlace } from "../api/lists.ts";
import { useApi } from "../api/use-api.ts";

/** The merchant's own list, in the mode that is open. */
export function useMerchantList(): ListPlace {
  const { api, scope } = useApi();
  return useMemo(() => ({ api, scope, path: "/v1/list_entries" }), [api, scope]);
}

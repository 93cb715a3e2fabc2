"use client";

import { useMemo } from "react";
import type { ListPlace } from "../../merchant/api/lists.ts";
import { ListsView } from "../../merchant/lists/lists-view.tsx";
import { useOperatorApi } from "../api/use-api.ts";
import { useConsole } from "../session.tsx";

/** Whom the platform refuses or lets through, at every merchant. */
export function PlatformListsPage() {
  const api = useOperatorApi();
  const { may } = useConsole();
  const place = useMemo<ListPlace>(() => ({ api, scope: ["lists"], path: "/v1/operator/list_entries" }), [api]);
  return <ListsView place={place} mayWrite={may("lists:write")} whose="platform" />;
}

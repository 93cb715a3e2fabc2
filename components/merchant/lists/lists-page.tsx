"use client";

import { useMemo } from "react";
import type { ListPlace } from "../api/lists.ts";
import { useApi } from "../api/use-api.ts";
import { useSession } from "../session.tsx";
import { ListsView } from "./lists-view.tsx";

/** Whom the merchant refuses or lets through. */
export function ListsPage() {
  const { api, scope } = useApi();
  const { can } = useSession();
  const place = useMemo<ListPlace>(() => ({ api, scope, path: "/v1/list_entries" }), [api, scope]);
  return <ListsView place={place} mayWrite={can("lists:write")} whose="merchant" />;
}

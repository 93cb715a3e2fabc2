"use client";

import { useSession } from "../session.tsx";
import { ListsView } from "./lists-view.tsx";
import { useMerchantList } from "./place.ts";

/** Whom the merchant refuses or lets through. */
export function ListsPage() {
  const { can } = useSession();
  return <ListsView place={useMerchantList()} mayWrite={can("lists:write")} whose="merchant" />;
}

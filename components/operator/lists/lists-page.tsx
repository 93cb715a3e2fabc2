"use client";

import { ListsView } from "../../merchant/lists/lists-view.tsx";
import { useConsole } from "../session.tsx";
import { usePlatformList } from "./place.ts";

/** Whom the platform refuses or lets through, at every merchant. */
export function PlatformListsPage() {
  const { may } = useConsole();
  return <ListsView place={usePlatformList()} mayWrite={may("lists:write")} whose="platform" />;
}

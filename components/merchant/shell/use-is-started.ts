"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => undefined;

/** Whether the page's scripts run: false in the server's HTML, true from the moment at which a press is answered. */
export function useIsStarted(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

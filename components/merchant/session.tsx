"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Dashboard } from "#lib/access/open-dashboard";
import type { Permission } from "#lib/access/permissions";
import { keepPreference } from "../site/preferences.ts";
import { ZoneProvider } from "../zone.tsx";

export type Mode = "test" | "live";

export interface DashboardSession extends Dashboard {
  readonly mode: Mode;
  setMode(mode: Mode): void;
  /** How far the merchant's time is ahead of the real one: test mode has a clock that can be moved. */
  readonly aheadMs: number;
  /** The merchant's time. */
  now(): Date;
  /** Whether the person may do this: a button that may not is not there. */
  can(permission: Permission): boolean;
}

const SessionContext = createContext<DashboardSession | undefined>(undefined);

export function SessionProvider(props: { dashboard: Dashboard; mode: Mode; children: ReactNode }) {
  const [mode, setMode] = useState(props.mode);
  const aheadMs = mode === "test" ? props.dashboard.merchant.testOffsetMs : 0;
  const session = useMemo<DashboardSession>(
    () => ({
      ...props.dashboard,
      mode,
      setMode(next) {
        keepPreference("mode", next);
        setMode(next);
      },
      aheadMs,
      now: () => new Date(Date.now() + aheadMs),
      can: (permission) => props.dashboard.permissions.includes(permission),
    }),
    [props.dashboard, mode, aheadMs],
  );
  return (
    <SessionContext value={session}>
      <ZoneProvider timeZone={props.dashboard.merchant.timeZone} aheadMs={aheadMs}>
        {props.children}
      </ZoneProvider>
    </SessionContext>
  );
}

export function useSession(): DashboardSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no SessionProvider above");
  return session;
}

"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Console } from "#lib/operator/open-console";
import type { OperatorPermission } from "#lib/operator/permissions";
import { ZoneProvider } from "../zone.tsx";

export interface ConsoleSession extends Console {
  /** Whether the operator may do this: a button that may not is not there. */
  may(permission: OperatorPermission): boolean;
}

const ConsoleContext = createContext<ConsoleSession | undefined>(undefined);

export function ConsoleProvider(props: { console: Console; children: ReactNode }) {
  const session = useMemo<ConsoleSession>(
    () => ({ ...props.console, may: (permission) => props.console.permissions.includes(permission) }),
    [props.console],
  );
  return (
    <ConsoleContext value={session}>
      <ZoneProvider timeZone={session.timeZone}>{props.children}</ZoneProvider>
    </ConsoleContext>
  );
}

export function useConsole(): ConsoleSession {
  const session = useContext(ConsoleContext);
  if (!session) throw new Error("no ConsoleProvider above");
  return session;
}

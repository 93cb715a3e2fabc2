"use client";

import type { ReactNode } from "react";
import { ZoneProvider } from "../../zone.tsx";
import { useSession } from "../session.tsx";

/** Tickets live in the real time, wherever the merchant has put the clock of test mode. */
export function RealTime({ children }: { children: ReactNode }) {
  const { timeZone } = useSession().merchant;
  return <ZoneProvider timeZone={timeZone}>{children}</ZoneProvider>;
}
